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
// function takes, and is false where any number may come; `result` brings what it returns back.
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
  if (args.length < least || params && args.length > params.length) {
    fail(`type: ${shown} cannot be given ${args.length} arguments`);
  }
  return result(f(...args.map((arg, i) => params && params[i] ? params[i](arg) : arg)));
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

// part: any_binary needs: int_binary, float_binary, any_join_lists, repeat_text, repeat_list
function any_binary(a, op, b) {
  const [s, t] = [type_of(a), type_of(b)];
  if (s === "int" && t === "int") {
    return int_binary(a, op, b);
  }
  const is_number = (type) => type === "int" || type === "float";
  if (is_number(s) && is_number(t)) {
    return new Float(float_binary(unboxed(a), op, unboxed(b)));
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

// part: int_binary needs: Float, exact, divide, floor_div, floor_mod, int_power
function int_binary(a, op, b) {
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

// part: float_binary needs: type_of, unboxed, divide, float_floor_div, float_mod, float_power
function float_binary(x, op, y) {
  switch (op) {
    case "+": return x + y;
    case "-": return x - y;
    case "*": return x * y;
    case "/": return divide(x, y);
    case "//": return float_floor_div(x, y);
    case "%": return float_mod(x, y);
    default: return float_power(x, y);
  }
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
