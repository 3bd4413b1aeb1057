// Starts kinesalite on a free port of 127.0.0.1 and says which. Without a path it keeps everything in memory.
const kinesalite = require('kinesalite')

const server = kinesalite({ createStreamMs: 20, deleteStreamMs: 20 })
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))

// It refuses what is not signed, but does not verify: the load, which is not signed, gets a signature here.
server.prependListener('request', (request) => {
  request.headers.authorization ??= 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0'
  request.headers['x-amz-date'] ??= '20260101T000000Z'
})
