// Starts kinesalite on a free port of 127.0.0.1 and says which. Without a path it keeps everything in memory.
const kinesalite = require('kinesalite')

const server = kinesalite({ createStreamMs: 20, deleteStreamMs: 20 })
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
