// Starts s3rver on a free port of 127.0.0.1, keeping its objects in the folder that is given, and says which port.
const S3rver = require('s3rver')

const server = new S3rver({ address: '127.0.0.1', port: 0, directory: process.argv[2], silent: true, allowMismatchedSignatures: true })
server.run().then(({ port }) => console.log(`http://127.0.0.1:${port}`))
