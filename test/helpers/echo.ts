/** A process for the test of the pool: answers, throws or ends, as its first word says. */
const words = process.argv.slice(2);
if (words[0] === "throw") throw new RangeError("expected another word");
if (words[0] === "exit") process.exit(3);
process.send?.({ words, reached: Infinity }, () => process.disconnect());
