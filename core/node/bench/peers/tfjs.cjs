// Trains one workload of the bench in TensorFlow.js, on its WebAssembly backend; prints one line of JSON. Runs in a folder
// whose node_modules has @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm. Argument: the job, as JSON.
const fs = require('node:fs')
const path = require('node:path')
const tf = require('@tensorflow/tfjs')
const wasm = require('@tensorflow/tfjs-backend-wasm')

const job = JSON.parse(process.argv[1])
const { rows, task, units } = job

function numbers(file, Type) {
  const bytes = fs.readFileSync(file)
  return new Type(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

function build(seed) {
  let count = 0
  const kernel = () => tf.initializers.glorotUniform({ seed: seed * 10 + ++count })
  const model = tf.sequential()
  if (job.type === 'gru') {
    const recurrent = { kernelInitializer: kernel(), recurrentInitializer: kernel() }
    model.add(tf.layers.gru({ units: 64, inputShape: [32, 8], recurrentActivation: 'sigmoid', ...recurrent }))
    model.add(tf.layers.dense({ units: 1, kernelInitializer: kernel() }))
  } else
    job.widths.slice(1).forEach((width, i, widths) =>
      model.add(
        tf.layers.dense({
          units: width,
          inputShape: i === 0 ? [job.inputs] : undefined,
          activation: i < widths.length - 1 ? 'relu' : undefined,
          kernelInitializer: kernel(),
        }),
      ),
    )
  model.compile({ optimizer: tf.train.adam(job.learningRate), loss: lossOf })
  return model
}

function lossOf(truth, output) {
  if (task === 'classes') return tf.losses.softmaxCrossEntropy(truth, output)
  if (task === 'binary') return tf.losses.sigmoidCrossEntropy(truth, output)
  return tf.losses.meanSquaredError(truth, output)
}

const score = (model, xs, ys) =>
  tf.tidy(() => {
    const output = model.predict(xs, { batchSize: 1024 })
    const loss = lossOf(ys, output).dataSync()[0]
    if (task === 'number') return [loss, 1 - loss / tf.moments(ys).variance.dataSync()[0]]
    const right =
      task === 'classes' ? output.argMax(1).equal(ys.argMax(1)) : output.greater(0).toFloat().equal(ys)
    return [loss, right.toFloat().mean().dataSync()[0]]
  })

async function main() {
  const folder = path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))
  wasm.setWasmPaths(`${path.join(folder, 'dist')}/`)
  await tf.setBackend('wasm')
  await tf.ready()
  const xs = tf.tensor(numbers(job.features, Float32Array), [
    rows,
    ...(job.type === 'gru' ? [32, 8] : [job.inputs]),
  ])
  const targets = numbers(job.targets, task === 'number' ? Float32Array : Int32Array)
  const ys =
    task === 'classes'
      ? tf.oneHot(tf.tensor1d(targets, 'int32'), units).toFloat()
      : tf.tensor2d(Float32Array.from(targets), [rows, 1])
  const settings = { batchSize: job.batchSize, shuffle: true, verbose: 0, yieldEvery: 'never' }
  const some = Math.min(rows, job.batchSize * 8)
  if (job.warm) await build(0).fit(xs.slice([0], [some]), ys.slice([0], [some]), { ...settings, epochs: 1 })
  const answer = { version: tf.version_core, seconds: [], losses: [], scores: [] }
  for (const seed of job.seeds) {
    const model = build(seed)
    const start = performance.now()
    await model.fit(xs, ys, { ...settings, epochs: job.epochs })
    answer.seconds.push((performance.now() - start) / 1000)
    const [loss, value] = score(model, xs, ys)
    answer.losses.push(loss)
    answer.scores.push(value)
  }
  console.log(JSON.stringify({ ...answer, peakMemory: process.resourceUsage().maxRSS * 1024 }))
}

void main()
