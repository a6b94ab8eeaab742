// part: any_argument needs: Float, whole_argument, read_float
// A word of the command line as a value: what it looks like.
function any_argument(word, name) {
  if (word === "true" || word === "false") {
    return word === "true";
  }
  if (/^\s*[+-]?\d+(_\d+)*\s*$/.test(word)) {
    return whole_argument(word, name);
  }
  const real = read_float(word);
  return real === undefined ? word : new Float(real);
}

// part: whole_argument needs: fail
function whole_argument(word, name) {
  if (!/^\s*[+-]?\d+(_\d+)*\s*$/.test(word)) {
    fail(`type: the argument \`${name}\` must be an int, not "${word}"`);
  }
  const value = Number(word.replace(/_/g, ""));
  return Math.abs(value) <= 2 ** 52 ? value : fail("range: outside this peer's exact range");
}

// part: float_argument needs: read_float, fail
const float_argument = (word, name) => read_float(word)
  ?? fail(`type: the argument \`${name}\` must be a float, not "${word}"`);

// part: bool_argument needs: fail
const bool_argument = (word, name) => word === "true" || (word !== "false"
  && fail(`type: the argument \`${name}\` must be a bool, not "${word}"`));

// part: arguments_of needs: fail
// The words of the command line, by place or as name=value, as arguments of a function.
function arguments_of(readers, words, needed = []) {
  const names = Object.keys(readers);
  const given = {};
  for (const word of words) {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word)
      ?? [word, names[Object.keys(given).length], word];
    if (readers[name] === undefined || given[name] !== undefined) {
      fail(`value: there is no place for the argument ${word}`);
    }
    given[name] = readers[name](value, name);
  }
  for (const name of needed) {
    if (given[name] === undefined) {
      fail(`value: the argument \`${name}\` is missing`);
    }
  }
  return names.map((name) => given[name]);
}

// part: print_value needs: text
function print_value(value) {
  if (value !== null && value !== undefined) {
    print(text(value));
  }
}

// part: measure needs: kept print, arguments_of
// Calls one bench as often as standard input asks, and times it.
function measure(benches) {
  const { run, readers, tag, show } = benches[process.argv[2]];
  const args = arguments_of(readers, process.argv.slice(3));
  const escaped = (word) =>
    word.replace(/\\/g, "\\\\").replace(/\t/g, "\\t").replace(/\n/g, "\\n");
  let first;
  const sample = (calls) => {
    output = "";
    let value;
    const start = process.hrtime.bigint();
    for (let i = 0; i < calls; i++) {
      value = run(...args);
    }
    const seconds = Number(process.hrtime.bigint() - start) * 1e-9 / calls;
    const shown = show(value);
    first ??= { tag: tag(value).replace(/\[.*/, ""), shown, output };
    return { seconds, shown };
  };
  const answer = (request) => {
    const [word, iterations, calls] = request.split(" ");
    if (word === "answer") {
      return ["answer", first.tag, escaped(first.shown), escaped(first.output)].join("\t");
    }
    const samples = [];
    for (let i = 0; i < Number(iterations); i++) {
      const { seconds, shown } = sample(Number(calls));
      samples.push(seconds);
      if (shown !== first.shown) {
        return "differs\t" + escaped(shown);
      }
    }
    return "samples " + samples.join(" ");
  };
  console.log("ready");
  const bytes = Buffer.alloc(65536);
  for (let text = ""; ; ) {
    const count = require("fs").readSync(0, bytes);
    const requests = (text + bytes.toString("utf8", 0, count)).split("\n");
    text = requests.pop();
    for (const request of requests) {
      if (request === "end") {
        return;
      }
      console.log(answer(request));
    }
    if (count === 0) {
      return;
    }
  }
}
