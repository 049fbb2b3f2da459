import cluster from 'node:cluster'
import { randomInt } from 'node:crypto'

/** Questions are told apart by a number from so many. */
const MOST = 2 ** 47

/** A question of a worker, and what is answered: both as JSON can carry them. */
type Question = { question: number; about: unknown }
type Reply = { question: number; answer: unknown }

type Waiting = Map<number, (answer: unknown) => void>

// The server and the framework's bundle each have a copy of this module; there is one channel.
const KEY = Symbol.for('member-directory.primary')
const shared = globalThis as typeof globalThis & { [KEY]?: Waiting }

function isAbout<Key extends string>(message: unknown, key: Key): message is Record<Key, unknown> {
  return typeof message === 'object' && message !== null && 'question' in message && key in message
}

function waiting(): Waiting {
  if (shared[KEY]) return shared[KEY]
  const answers: Waiting = new Map()
  process.on('message', (message: unknown) => {
    if (!isAbout(message, 'answer')) return
    const { question, answer } = message as Reply
    answers.get(question)?.(answer)
    answers.delete(question)
  })
  return (shared[KEY] = answers)
}

/**
 * Asks the process that holds what all processes of the site share: the one that looks after them, or
 * this one where it is alone.
 *
 * @param about what is asked, as JSON can carry it
 * @param answerHere answers where this is that process
 * @returns the answer; never, where that process is gone: this one ends with it
 */
export function askPrimary<About, Answer>(
  about: About,
  answerHere: (about: About) => Answer,
): Promise<Answer> {
  if (!cluster.isWorker) return Promise.resolve(answerHere(about))
  const question = randomInt(MOST)
  return new Promise((resolve) => {
    waiting().set(question, (answer) => resolve(answer as Answer))
    process.send?.({ question, about } satisfies Question)
  })
}

/**
 * Answers what workers ask: called once, in the process that looks after them.
 *
 * @param answer gives what `answerHere` of that question would
 */
export function answerWorkers(answer: (about: unknown) => unknown): void {
  cluster.on('message', (worker, message: unknown) => {
    if (!isAbout(message, 'about')) return
    const { question, about } = message as Question
    worker.send({ question, answer: answer(about) } satisfies Reply)
  })
}
