// part: Float
// A float among values whose types are not settled, where a Number is an int.
class Float {
  constructor(value) {
    this.value = value;
  }
}

// part: type_of needs: Float, typed, callable
function type_of(x) {
  if (x === null || x === undefined) {
    return "none";
  }
  if (typeof x === "object") {
    return x instanceof Float ? "float" : types.get(x) ?? "list";
  }
  return { boolean: "bool", number: "int", string: "str", function: "function" }[typeof x];
}

// part: typed
// The types of lists, sequences and buffers among such values.
const types = new WeakMap();

function typed(object, type) {
  if (!types.has(object) || types.get(object) === "list") {
    types.set(object, type);
  }
  return object;
}

// part: callable
// What is known of functions among such values: `params` brings arguments into the form that the
// function takes, `result` brings what it returns back.
const callables = new WeakMap();

function callable(f, shown, least, params, result = (x) => x) {
  callables.set(f, { shown, least, params, result });
  return f;
}

// part: call needs: callable, type_of, article, fail
function call(f, ...args) {
  if (typeof f !== "function") {
    fail(`type: cannot call ${article(type_of(f))}`);
  }
  const { shown, least, params, result } = callables.get(f);
  if (args.length < least || args.length > params.length) {
    fail(`type: ${shown} takes ${params.length} arguments, not ${args.length}`);
  }
  return result(f(...args.map((arg, i) => params[i] ? params[i](arg) : arg)));
}

// part: article
const article = (type) =>
  type === "none" ? type : (type === "int" ? "an " : "a ") + type;

// part: text needs: type_of, float_text, list_text, callable
// Any value as `print` shows it.
function text(x) {
  const type = type_of(x);
  switch (type) {
    case "none":
    case "buffer":
    case "float":
      return type === "float" ? float_text(x.value) : type === "none" ? type : "<buffer>";
    case "function":
      return callables.get(x).shown;
    default:
      return type.startsWith("list") ? list_text(x, type) : type.startsWith("seq") ? "<seq>"
        : String(x);
  }
}

// part: boxed needs: Float, typed
// An element of a list or sequence of this type as a value of any type.
function boxed(x, type) {
  return type === "float" ? new Float(x) : type.startsWith("list") ? typed(x, type) : x;
}

// part: unboxed needs: Float
const unboxed = (x) => x instanceof Float ? x.value : x;

// part: check_bool needs: type_of, article, fail
function check_bool(x) {
  return typeof x === "boolean" ? x
    : fail(`type: a condition must be a bool, not ${article(type_of(x))}`);
}

// part: check needs: type_of, article, Float, typed, settle, fail
// The value as one of the declared type.
function check(x, wanted, name) {
  const type = type_of(x);
  if (wanted === "any" || type === wanted || (wanted === "seq" && type.startsWith("seq")) ||
      (wanted.startsWith("seq") && type === "seq")) {
    return x;
  }
  if (wanted === "float" && type === "int") {
    return new Float(x);
  }
  if (type.startsWith("list") && wanted.startsWith("list") && settle(x, type, wanted)) {
    return x;
  }
  fail(`type: \`${name}\` must be ${article(wanted)}, not ${article(type)}`);
}

// part: settle needs: typed, element_type
// Whether the list is, or becomes, one of the wanted type.
function settle(list, type, wanted) {
  if (type === wanted) {
    return true;
  }
  const [inner, wanted_inner] = [element_type(type), element_type(wanted)];
  if (inner === "") {
    types.set(list, wanted);
    return true;
  }
  if (!inner.startsWith("list") || !wanted_inner.startsWith("list")) {
    return false;
  }
  if (list.every((item) => settle(item, types.get(item) ?? inner, wanted_inner))) {
    types.set(list, wanted);
    return true;
  }
  return false;
}

// part: any_equal needs: type_of, unboxed, comparable, equal_lists, fail
function any_equal(a, op, b) {
  const [s, t] = [type_of(a), type_of(b)];
  return (op === "==") === (() => {
    if (s === "none" || t === "none") {
      return s === t;
    }
    comparable(s, t, s, t);
    const are_lists = s.startsWith("list") && t.startsWith("list");
    return are_lists ? equal_lists(a, b) : unboxed(a) === unboxed(b);
  })();
}

// part: comparable needs: element_type, article, fail
function comparable(s, t, whole_s, whole_t) {
  const is_number = (type) => type === "int" || type === "float";
  const is_opaque = (type) => /^(function|seq|buffer)/.test(type);
  if (is_opaque(s) || is_opaque(t) || (s === "bool" && is_number(t)) ||
      (t === "bool" && is_number(s))) {
    fail(`type: cannot compare ${article(whole_s)} and ${article(whole_t)}`);
  }
  if (s.startsWith("list") && t.startsWith("list")) {
    comparable(element_type(s), element_type(t), whole_s, whole_t);
  }
}

// part: any_ordered needs: type_of, unboxed, element_type, ordered, article, fail
function any_ordered(a, op, b) {
  const orders = (s, t) =>
    s.startsWith("list") && t.startsWith("list")
      ? (s === "list" && element_type(t) !== "bool") ||
        (t === "list" && element_type(s) !== "bool") ||
        orders(element_type(s), element_type(t))
      : /^(int|float)$/.test(s) ? /^(int|float)$/.test(t) : s === "str" && t === "str";
  const [s, t] = [type_of(a), type_of(b)];
  if (!orders(s, t)) {
    fail(`type: cannot compare ${article(s)} and ${article(t)}`);
  }
  return ordered(unboxed(a), op, unboxed(b));
}

// part: any_binary needs: type_of, Float, unboxed, exact, divide, floor_div, floor_mod, int_power, float_floor_div, float_mod, float_power, repeat_text, repeat_list, any_join_lists, article, fail
function any_binary(a, op, b) {
  const [s, t] = [type_of(a), type_of(b)];
  if (s === "int" && t === "int") {
    switch (op) {
      case "+": return exact(a + b);
      case "-": return exact(a - b);
      case "*": return exact(a * b + 0);
      case "/": return new Float(divide(a, b));
      case "//": return floor_div(a, b);
      case "%": return floor_mod(a, b);
      default: return int_power(a, b);
    }
  }
  const is_number = (type) => type === "int" || type === "float";
  if (is_number(s) && is_number(t)) {
    const [x, y] = [unboxed(a), unboxed(b)];
    switch (op) {
      case "+": return new Float(x + y);
      case "-": return new Float(x - y);
      case "*": return new Float(x * y);
      case "/": return new Float(divide(x, y));
      case "//": return new Float(float_floor_div(x, y));
      case "%": return new Float(float_mod(x, y));
      default: return new Float(float_power(x, y));
    }
  }
  if (op === "+" && s === "str" && t === "str") {
    return a + b;
  }
  if (op === "+" && s.startsWith("list") && t.startsWith("list")) {
    return any_join_lists(a, s, b, t);
  }
  const [items, type, count] = s === "int" ? [b, t, a] : [a, s, t === "int" ? b : undefined];
  if (op === "*" && count !== undefined && (type === "str" || type.startsWith("list"))) {
    return type === "str" ? repeat_text(items, count) : typed(repeat_list(items, count), type);
  }
  const [x, y] = [article(s), article(t)];
  fail("type: cannot " + {
    "+": `add ${x} and ${y}`, "-": `subtract ${y} from ${x}`, "*": `multiply ${x} by ${y}`,
    "%": `take ${x} modulo ${y}`, "**": `raise ${x} to the power of ${y}`,
  }[op] ?? `divide ${x} by ${y}`);
}

// part: any_join_lists needs: settle, typed, article, fail
function any_join_lists(a, s, b, t) {
  if (!settle(a, s, t) && !settle(b, t, s)) {
    fail(`type: cannot add ${article(s)} and ${article(t)}`);
  }
  return typed(a.concat(b), types.get(a) ?? types.get(b) ?? "list");
}

// part: any_negate needs: type_of, Float, article, fail
function any_negate(x) {
  const type = type_of(x);
  return type === "int" ? 0 - x : type === "float" ? new Float(-x.value)
    : fail(`type: cannot negate ${article(type)}`);
}

// part: any_index needs: type_of, article, fail
function any_index(object, index) {
  const type = type_of(object);
  if (type !== "str" && !type.startsWith("list")) {
    fail(`type: ${article(type)} has no elements to index`);
  }
  if (type_of(index) !== "int") {
    fail(`type: an index must be an int, not ${article(type_of(index))}`);
  }
  return type;
}

// part: any_element needs: any_index, element, character, boxed, element_type
function any_element(object, index) {
  const type = any_index(object, index);
  return type === "str" ? character(object, index)
    : boxed(element(object, index), element_type(type));
}

// part: any_set_element needs: any_index, any_admit, element, set_element, fail
function any_set_element(list, index, value) {
  const type = any_index(list, index);
  if (type === "str") {
    fail("type: a str cannot be changed");
  }
  element(list, index);
  set_element(list, index, any_admit(list, value, "put", "into"));
}

// part: any_admit needs: type_of, unboxed, settle, element_type, article, fail
// The value as an element of the list, whose type it may settle.
function any_admit(list, value, verb, to) {
  const [type, of_list] = [type_of(value), type_of(list)];
  if (!/^(int|float|bool|str|list)/.test(type)) {
    fail(`type: a list cannot hold ${article(type)}`);
  }
  if (is_inside(value, list)) {
    fail("type: a list cannot hold itself");
  }
  const inner = element_type(of_list);
  if (inner === "") {
    types.set(list, `list[${type}]`);
  } else if (inner !== type) {
    const both_lists = inner.startsWith("list") && type.startsWith("list");
    if (!both_lists || !(settle(value, type, inner) || settle(list, of_list, `list[${type}]`))) {
      fail(`type: cannot ${verb} ${article(type)} ${to} ${article(of_list)}`);
    }
  }
  return unboxed(value);
}

const is_inside = (list, item) =>
  list === item || (Array.isArray(list) && Array.isArray(list[0]) &&
                    list.some((inner) => is_inside(inner, item)));

// part: any_list_of needs: any_admit
function any_list_of(...items) {
  const list = [];
  for (const item of items) {
    list.push(any_admit(list, item, "put", "into"));
  }
  return list;
}

// part: any_append needs: type_of, any_admit, article, fail
function any_append(list, value) {
  if (!type_of(list).startsWith("list")) {
    fail(`type: \`append\` takes a list, not ${article(type_of(list))}`);
  }
  list.push(any_admit(list, value, "append", "to"));
}

// part: any_pop needs: type_of, pop, boxed, element_type, article, fail
function any_pop(list) {
  const type = type_of(list);
  return type.startsWith("list") ? boxed(pop(list), element_type(type))
    : fail(`type: \`pop\` takes a list, not ${article(type)}`);
}

// part: any_items needs: type_of, boxed, element_type, consume, article, fail
// The elements of a list, str or sequence as values of any type.
function any_items(source) {
  const type = type_of(source);
  if (type === "str") {
    return source;
  }
  if (!/^(list|seq)/.test(type)) {
    fail(`type: cannot go through ${article(type)}`);
  }
  return box_all(consume(source));
  function* box_all(items) {
    for (const item of items) {
      yield boxed(item, element_type(type_of(source)));
    }
  }
}

// part: any_number needs: type_of, article, fail
function any_number(x, name) {
  const type = type_of(x);
  return type === "int" ? x : type === "float" ? x.value
    : fail(`type: \`${name}\` takes a number, not ${article(type)}`);
}

// part: any_math needs: any_number, Float
const any_math = (f, name, ...args) => new Float(f(...args.map((x) => any_number(x, name))));

// part: any_whole needs: any_number
const any_whole = (f, name, x) => x instanceof Float ? f(x.value) : any_number(x, name);

// part: any_abs needs: any_number, Float
const any_abs = (x) =>
  x instanceof Float ? new Float(Math.abs(x.value)) : Math.abs(any_number(x, "abs"));

// part: any_int needs: any_whole, trunc, parse_int
const any_int = (x) => typeof x === "string" ? parse_int(x) : typeof x === "boolean" ? Number(x)
  : any_whole(trunc, "int", x);

// part: any_float needs: any_number, Float, parse_float
const any_float = (x) => new Float(typeof x === "string" ? parse_float(x)
  : typeof x === "boolean" ? Number(x) : any_number(x, "float"));

// part: any_str needs: text
const any_str = text;

// part: any_bool needs: type_of, unboxed, article, fail
function any_bool(x) {
  const type = type_of(x);
  if (/^(function|seq|buffer)/.test(type)) {
    fail(`type: \`bool\` takes no ${type}`);
  }
  return type.startsWith("list") || type === "str" ? x.length > 0
    : type !== "none" && unboxed(x) !== 0 && x !== false;
}

// part: any_len needs: type_of, length, article, fail
function any_len(x) {
  const type = type_of(x);
  return type === "str" ? length(x) : type.startsWith("list") ? x.length
    : fail(`type: \`len\` takes a str or a list, not ${article(type)}`);
}

// part: any_range needs: type_of, range, checked_step, typed, article, fail
function any_range(...args) {
  for (const arg of args) {
    if (type_of(arg) !== "int") {
      fail(`type: \`range\` takes an int, not ${article(type_of(arg))}`);
    }
  }
  const [first, last, step] = args.length === 1 ? [0, ...args] : args;
  return typed(range(first, last, checked_step(step ?? 1)), "seq[int]");
}

// part: any_stage needs: type_of, article, fail
function any_stage(name, f, source) {
  if (typeof f !== "function") {
    fail(`type: \`${name}\` takes a function first, not ${article(type_of(f))}`);
  }
  if (!/^(list|seq|str)/.test(type_of(source))) {
    fail(`type: \`${name}\` takes a sequence, a list or a str second`);
  }
}

// part: any_map needs: any_items, any_stage, call, typed
function any_map(f, source) {
  any_stage("map", f, source);
  return typed(map_all(), "seq");
  function* map_all() {
    for (const item of any_items(source)) {
      yield call(f, item);
    }
  }
}

// part: any_filter needs: any_items, any_stage, call, check_bool, typed
function any_filter(f, source) {
  any_stage("filter", f, source);
  return typed(filter_all(), "seq");
  function* filter_all() {
    for (const item of any_items(source)) {
      if (check_bool(call(f, item))) {
        yield item;
      }
    }
  }
}

// part: any_sum needs: any_items, any_binary, any_number, fail
function any_sum(source, start) {
  let total = start;
  for (const item of any_items(source)) {
    total = total === undefined ? (any_number(item, "sum"), item) : any_binary(total, "+", item);
  }
  return total ?? fail("empty: `sum` of nothing has no value");
}

// part: any_min needs: any_extreme
const any_min = (...args) => any_extreme("min", "<", args);

// part: any_max needs: any_extreme
const any_max = (...args) => any_extreme("max", ">", args);

// part: any_extreme needs: any_items, any_ordered, Float, type_of, article, fail
// The first one stays unless another is really better; ints mixed with floats give a float.
function any_extreme(name, op, args) {
  let best;
  let has_floats = false;
  let has_ints = false;
  for (const item of args.length === 1 ? any_items(args[0]) : args) {
    const type = type_of(item);
    if (!/^(int|float|str)$/.test(type)) {
      fail(`type: \`${name}\` takes numbers or strs, not ${article(type)}`);
    }
    has_floats ||= type === "float";
    has_ints ||= type === "int";
    best = best === undefined || any_ordered(item, op, best) ? item : best;
  }
  if (best === undefined) {
    fail(`empty: \`${name}\` of nothing has no value`);
  }
  return has_floats && has_ints && typeof best === "number" ? new Float(best) : best;
}

// part: any_any needs: any_items, check_bool
function any_any(source) {
  for (const item of any_items(source)) {
    if (check_bool(item)) {
      return true;
    }
  }
  return false;
}

// part: any_all needs: any_items, check_bool
function any_all(source) {
  for (const item of any_items(source)) {
    if (!check_bool(item)) {
      return false;
    }
  }
  return true;
}

// part: any_list needs: any_items, any_admit, type_of, typed
function any_list(source) {
  const list = [];
  for (const item of any_items(source)) {
    list.push(any_admit(list, item, "append", "to"));
  }
  const type = type_of(source);
  return type.startsWith("list[") ? typed(list, type) : list;
}

// part: any_join needs: any_items, type_of, article, fail
function any_join(separator, source) {
  const parts = [];
  const check_str = (x) => typeof x === "string" ? x
    : fail(`type: \`join\` takes strs, not ${article(type_of(x))}`);
  check_str(separator);
  for (const item of any_items(source)) {
    parts.push(check_str(item));
  }
  return parts.join(separator);
}

// part: any_write needs: type_of, article, fail
function any_write(buffer, text) {
  if (type_of(buffer) !== "buffer" || typeof text !== "string") {
    fail("type: `write` takes a buffer and a str");
  }
  buffer.push(text);
}

// part: any_text needs: type_of, article, fail
const any_text = (buffer) => type_of(buffer) === "buffer" ? buffer.join("")
  : fail(`type: \`text\` takes a buffer, not ${article(type_of(buffer))}`);

// part: any_print needs: text
const any_print = (...args) => print(...args.map(text));

// part: any_assert needs: check_bool, assert_that, type_of, article, fail
function any_assert(holds, text = "the assertion does not hold") {
  if (typeof text !== "string") {
    fail(`type: \`assert\` takes a str, not ${article(type_of(text))}`);
  }
  assert_that(check_bool(holds), text);
}

// part: any_error needs: type_of, article, fail
const any_error = (text) => fail(typeof text === "string" ? "error: " + text
  : `type: \`error\` takes a str, not ${article(type_of(text))}`);

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
