// part: print
const print = (...words) => console.log(words.join(" "));

// part: kept print
let output = "";

function print(...words) {
  output += words.join(" ") + "\n";
}

// part: assert_that needs: fail
function assert_that(holds, text = "the assertion does not hold") {
  if (!holds) {
    fail("assert: " + text);
  }
}

// part: known needs: fail
function known(value, name) {
  if (value === undefined) {
    fail(`unset: \`${name}\` is read before its \`let\` has run`);
  }
  return value;
}

// part: outside needs: fail
function outside(index, size, what) {
  fail(`index: index ${index} is outside a ${what} of length ${size}`);
}

// part: element needs: outside
// From the end when the index is negative.
function element(list, index) {
  return list[index < 0 ? index + list.length : index] ?? outside(index, list.length, "list");
}

// part: set_element needs: outside
function set_element(list, index, value) {
  const at = index < 0 ? index + list.length : index;
  if (at < 0 || at >= list.length) {
    outside(index, list.length, "list");
  }
  list[at] = value;
}

// part: update_element needs: element, set_element
function update_element(list, index, change) {
  set_element(list, index, change(element(list, index)));
}

// part: joined_lists
const joined_lists = (a, b) => a.concat(b);

// part: pop needs: fail
function pop(list) {
  return list.length > 0 ? list.pop() : fail("empty: cannot pop from an empty list");
}

// part: repeat_list
function repeat_list(list, count) {
  if (list.length === 1) {
    return new Array(Math.max(count, 0)).fill(list[0]);
  }
  const repeated = [];
  for (let i = 0; i < count; i++) {
    for (const item of list) {
      repeated.push(item);
    }
  }
  return repeated;
}

// part: equal_lists
function equal_lists(a, b) {
  return a.length === b.length && a.every((x, i) =>
    Array.isArray(x) ? equal_lists(x, b[i]) : x === b[i]);
}

// part: ordered needs: text_order
// Whether `a op b` holds, for numbers, strings and lists of those.
function ordered(a, op, b) {
  if (Array.isArray(a)) {
    const order = first_difference(a, b);
    if (order === undefined) {
      return ordered(a.length, op, b.length);
    }
    return ordered(order[0], op, order[1]);
  }
  if (typeof a === "string") {
    return ordered(text_order(a, b), op, 0);
  }
  return op === "<" ? a < b : op === "<=" ? a <= b : op === ">" ? a > b : a >= b;
}

function first_difference(a, b) {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (Array.isArray(a[i])) {
      const inner = first_difference(a[i], b[i]);
      if (inner !== undefined) {
        return inner;
      }
      if (a[i].length !== b[i].length) {
        return [a[i].length, b[i].length];
      }
    } else if (a[i] !== b[i]) {
      return [a[i], b[i]];
    }
  }
  return undefined;
}

// part: text_order
// By code point: JavaScript compares halves of pairs.
function text_order(a, b) {
  if (a === b) {
    return 0;
  }
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) {
    i++;
  }
  if (i === a.length || i === b.length) {
    return a.length - b.length;
  }
  const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
  const is_pair = (unit) => unit >= 0xd800 && unit < 0xe000;
  return is_pair(x) !== is_pair(y) && x >= 0xd800 && y >= 0xd800 ? (is_pair(x) ? 1 : -1) : x - y;
}

// part: length
// In code points.
function length(text) {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length;
}

// part: character needs: outside
const characters = { of: "", are: [] };

function character(text, index) {
  if (text !== characters.of) {
    characters.of = text;
    characters.are = Array.from(text);
  }
  const all = characters.are;
  return all[index < 0 ? index + all.length : index] ?? outside(index, all.length, "str");
}

// part: join
const join = (separator, source) => Array.from(source).join(separator);

// part: repeat_text
const repeat_text = (text, count) => text.repeat(Math.max(count, 0));

// part: quoted
// As Python shows a str in a list.
function quoted(text) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escapes = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", [quote]: "\\" + quote };
  let result = quote;
  for (const c of text) {
    const code = c.codePointAt(0);
    if (escapes[c] !== undefined) {
      result += escapes[c];
    } else if (is_printable(code)) {
      result += c;
    } else {
      const size = code <= 0xff ? 2 : code <= 0xffff ? 4 : 8;
      result += "\\" + { 2: "x", 4: "u", 8: "U" }[size] + code.toString(16).padStart(size, "0");
    }
  }
  return result + quote;
}

const hidden = [
  [0x0000, 0x001f], [0x007f, 0x00a0], [0x00ad, 0x00ad], [0x0600, 0x0605], [0x061c, 0x061c],
  [0x06dd, 0x06dd], [0x070f, 0x070f], [0x0890, 0x0891], [0x08e2, 0x08e2], [0x1680, 0x1680],
  [0x180e, 0x180e], [0x2000, 0x200f], [0x2028, 0x202f], [0x205f, 0x206f], [0x3000, 0x3000],
  [0xd800, 0xf8ff], [0xfeff, 0xfeff], [0xfff0, 0xfffb], [0xfffe, 0xffff], [0x110bd, 0x110bd],
  [0x110cd, 0x110cd], [0x13430, 0x1343f], [0x1bca0, 0x1bca3], [0x1d173, 0x1d17a],
  [0xe0000, 0xe00ff], [0xe01f0, 0x10ffff],
];

const is_printable = (code) => !hidden.some(([first, last]) => code >= first && code <= last);

// part: list_text needs: float_text, quoted, element_type
function list_text(list, type) {
  const inner = element_type(type);
  const show = inner === "float" ? float_text : inner === "str" ? quoted
    : inner.startsWith("list") ? (item) => list_text(item, inner) : String;
  return "[" + list.map((item) => show(item)).join(", ") + "]";
}

// part: element_type
// Of "list[str]" and "seq[str]": "str"; "" when it is not known.
const element_type = (type) => type.slice(type.indexOf("[") + 1 || type.length, -1);

// part: range needs: fail
function* range(first, last, step = 1) {
  for (let i = first; step > 0 ? i < last : i > last; i += step) {
    yield i;
  }
}

// part: checked_step needs: fail
function checked_step(step) {
  return step !== 0 ? step : fail("value: the step of a range must not be zero");
}

// part: consume needs: fail
// A sequence may be gone through once.
const consumed = new WeakSet();

function consume(source) {
  if (typeof source === "object" && !Array.isArray(source)) {
    if (consumed.has(source)) {
      fail("consumed: this sequence has been consumed already");
    }
    consumed.add(source);
  }
  return source;
}

// part: map needs: consume
function* map(f, source) {
  for (const item of consume(source)) {
    yield f(item);
  }
}

// part: filter needs: consume
function* filter(f, source) {
  for (const item of consume(source)) {
    if (f(item)) {
      yield item;
    }
  }
}

// part: sum needs: fail
function sum(source, start) {
  let total = start;
  for (const item of source) {
    total = total === undefined ? item : total + item;
  }
  return total ?? fail("empty: `sum` of nothing has no value");
}

// part: int_sum needs: exact, fail
function int_sum(source, start) {
  let total = start;
  for (const item of source) {
    total = total === undefined ? item : exact(total + item);
  }
  return total ?? fail("empty: `sum` of nothing has no value");
}

// part: min needs: ordered, fail
// The first one stays unless another is really smaller.
function min(source) {
  let least;
  for (const item of source) {
    least = least === undefined || ordered(item, "<", least) ? item : least;
  }
  return least ?? fail("empty: `min` of nothing has no value");
}

// part: max needs: ordered, fail
function max(source) {
  let most;
  for (const item of source) {
    most = most === undefined || ordered(item, ">", most) ? item : most;
  }
  return most ?? fail("empty: `max` of nothing has no value");
}

// part: any
function any(source) {
  for (const item of source) {
    if (item) {
      return true;
    }
  }
  return false;
}

// part: all
function all(source) {
  for (const item of source) {
    if (!item) {
      return false;
    }
  }
  return true;
}

// part: memo
// Remembers results by the argument.
function memo(f) {
  const results = new Map();
  return (x) => {
    let result = results.get(x);
    if (result === undefined) {
      result = f(x) ?? null;
      results.set(x, result);
    }
    return result;
  };
}

// part: memo_of_two
// Remembers results by the arguments.
function memo_of_two(f) {
  const results = new Map();
  return (x, y) => {
    let by_second = results.get(x);
    if (by_second === undefined) {
      by_second = new Map();
      results.set(x, by_second);
    }
    let result = by_second.get(y);
    if (result === undefined) {
      result = f(x, y) ?? null;
      by_second.set(y, result);
    }
    return result;
  };
}

// part: memo_of_many
// The same for any number of arguments. `key` tells apart what a Map does not: 0.0 and -0.0.
function memo_of_many(f, key = (x) => x) {
  const results = new Map();
  return (...args) => {
    let place = results;
    for (const arg of args) {
      const at = key(arg);
      if (!place.has(at)) {
        place.set(at, new Map());
      }
      place = place.get(at);
    }
    if (place.result === undefined) {
      place.result = f(...args) ?? null;
    }
    return place.result;
  };
}

// part: with_defaults
function with_defaults(f, defaults) {
  return (...args) => f(...defaults.map((value, i) => args[i] === undefined ? value : args[i]));
}

// part: key needs: type_of, article, fail
function key(x) {
  const type = type_of(x);
  if (type === "float") {
    return "float " + (Object.is(x.value, -0) ? "-0" : x.value);
  }
  if (type === "str") {
    return "str " + x;
  }
  return type === "int" || type === "bool" ? x
    : fail(`type: a memo function cannot take ${article(type)}`);
}

// part: float_key
const float_key = (x) => (Object.is(x, -0) ? "-0" : x);
