#pragma once
// The functions that compiled code may call, besides libm's. Names in support.def
// are the whole surface: the table of symbols is made from it.
//
// Conventions: a helper that can fail leaves context.failure (or Machine::error,
// from calls) behind and says so in its result: false, null, or a Value with
// kFailedTag; compiled code then calls Failed(site). Arguments are borrowed,
// results owned, unless a comment says otherwise. Nothing here throws through
// compiled frames. bool is passed as i1 zeroext, Value as two i64.

#include <cstdint>

#include "jit/machine.h"
#include "runtime/value.h"

namespace jit {

// A tag that no value has.
inline constexpr runtime::Tag kFailedTag = static_cast<runtime::Tag>(~uint64_t{0});

namespace support {

using runtime::Buffer;
using runtime::List;
using runtime::MemoTable;
using runtime::Object;
using runtime::Str;
using runtime::Value;

// --- errors (cold) ---
// Adds the site to the error on its way; takes context.failure over if it is new.
void Failed(Machine* machine, SiteId site) noexcept;
// Repeats a failing operation through runtime/ops.h for its error text; op: BinaryOp.
void FailInt(Machine* machine, SiteId site, uint32_t op, int64_t a, int64_t b) noexcept;
void FailFloat(Machine* machine, SiteId site, uint32_t op, double a, double b) noexcept;
void FailNegate(Machine* machine, SiteId site, int64_t a) noexcept;
// builtin: BuiltinKind; FailMath2 for two arguments; FailMathInt for abs(int).
void FailMath(Machine* machine, SiteId site, uint32_t builtin, double x) noexcept;
void FailMath2(Machine* machine, SiteId site, uint32_t builtin, double x, double y) noexcept;
void FailMathInt(Machine* machine, SiteId site, uint32_t builtin, int64_t x) noexcept;
void FailIndex(Machine* machine, SiteId site, int64_t index, uint64_t size, bool is_str) noexcept;
void FailRangeStep(Machine* machine, SiteId site) noexcept;
void FailEmpty(Machine* machine, SiteId site, uint32_t builtin) noexcept;
void FailUnset(Machine* machine, SiteId site, uint32_t global) noexcept;
void FailMemory(Machine* machine, SiteId site) noexcept;
// After a depth check at a call has fired: an interrupt, or the depth limit.
void FailCall(Machine* machine, SiteId site) noexcept;
// After a poll has found the flag set.
void FailInterrupted(Machine* machine, SiteId site) noexcept;
// The stack is full of large frames; the place is the caller's.
void FailLargeFrames(Machine* machine) noexcept;
// A type failure of map's and filter's arguments; which: 0 or 1.
void FailStage(Machine* machine, SiteId site, uint32_t builtin, uint32_t which,
               Value value) noexcept;
// The same of join's; which: 0, the separator, or 1, a part.
void FailJoin(Machine* machine, SiteId site, uint32_t which, Value value) noexcept;

// --- values ---
Value Binary(Machine* machine, uint32_t op, Value a, Value b) noexcept;
Value BinaryOfOwned(Machine* machine, uint32_t op, Value owned_a, Value b) noexcept;
Value Negate(Machine* machine, Value a) noexcept;
Value Not(Machine* machine, Value a) noexcept;
// 0, 1, or 2 when it failed.
uint32_t Truth(Machine* machine, Value a) noexcept;
Value GetIndex(Machine* machine, Value object, Value index) noexcept;
// `value` by address: three values do not fit in the registers of a call.
bool SetIndex(Machine* machine, Value object, Value index, const Value* value) noexcept;
Value Choose(Machine* machine, uint32_t builtin, Value a, Value b) noexcept;
// Checks or converts to a declared type; takes over the reference. `name` may be "the result".
Value CheckDeclared(Machine* machine, uint32_t type, const char* name, uint64_t name_size,
                    Value value) noexcept;
// A summand of sum, or its start.
bool CheckSummand(Machine* machine, Value value) noexcept;
Value CallBuiltin(Machine* machine, uint32_t builtin, const Value* args, uint64_t count) noexcept;
void ReleaseValue(Value value) noexcept;
void DestroyObject(Object* object) noexcept;  // its count has reached zero
double NumberToFloat(Value value) noexcept;   // an int or float

// --- strings ---
Str* StrOfInt(Machine* machine, int64_t value) noexcept;
Str* StrOf(Machine* machine, Value value) noexcept;
// Takes over `str`; the text is borrowed. In place when `str` is the only reference.
Str* AppendStr(Machine* machine, Str* str, const Str* text) noexcept;
Str* AppendInt(Machine* machine, Str* str, int64_t value) noexcept;
Str* ConcatStr(Machine* machine, const Str* a, const Str* b) noexcept;
int32_t CompareStr(const Str* a, const Str* b) noexcept;
bool EqualStr(const Str* a, const Str* b) noexcept;
Str* StrAt(Machine* machine, const Str* str, int64_t index) noexcept;
Str* NextCodePoint(Machine* machine, const Str* str, uint64_t* offset) noexcept;
Str* NewEmptyStr(Machine* machine) noexcept;
Str* JoinStrs(Machine* machine, const Str* separator, const List* parts) noexcept;
bool WriteStr(Machine* machine, Buffer* buffer, const Str* text) noexcept;
bool WriteInt(Machine* machine, Buffer* buffer, int64_t value) noexcept;

// --- lists ---
List* NewList(Machine* machine, uint32_t element, uint64_t capacity) noexcept;
List* NewListFromValues(Machine* machine, const Value* values, uint64_t count) noexcept;  // borrows
// Grows, then stores one element; objects: takes over the reference.
bool AppendSlow(Machine* machine, List* list, uint64_t bits) noexcept;
bool AppendValue(Machine* machine, List* list, Value value) noexcept;
Value ElementAt(Machine* machine, const List* list, uint64_t index) noexcept;

// --- closures, sequences, calls ---
// type kAny: found from the captures. Takes over the captures.
Object* NewClosure(Machine* machine, uint32_t function, uint32_t type, const Value* captures,
                   uint64_t count) noexcept;
// Takes over the arguments.
Object* NewGenerator(Machine* machine, uint32_t function, uint32_t type, const Value* args,
                     uint64_t count) noexcept;
// Calls any value; takes over the arguments, borrows the callee.
Value CallValue(Machine* machine, uint32_t depth, Value callee, Value* args,
                uint64_t count) noexcept;
// args in the order of the parameters, borrowed.
Value CallExtern(Machine* machine, uint32_t function, const Value* args, uint64_t count) noexcept;
// join(separator, source) of any values; takes over neither.
Value JoinValue(Machine* machine, uint32_t depth, Value separator, Value source) noexcept;

// --- pulling a sequence that is a value (iterate.h) ---
// Null: failed. Holds its own reference to the source.
Iterator* Iterate(Machine* machine, uint32_t depth, Value source) noexcept;
// The element is owned. Iterator::depth then says where the consumer's calls count from.
Step Next(Machine* machine, Iterator* iterator, Value* element) noexcept;
// Frees the iterator, at its end or before; after Step::Failed it is the machine's to free.
void EndIteration(Machine* machine, Iterator* iterator) noexcept;

// --- entering a loop, for tests ---
// Hands the value to Machine::on_state; borrows it.
void ShowState(Machine* machine, uint32_t index, uint32_t type, Value value) noexcept;

// --- memo ---
// Null: absent. Counts a hit or a miss.
const Value* MemoFind(MemoTable* table, const Value* key) noexcept;
// Retains key and result.
bool MemoInsert(Machine* machine, MemoTable* table, const Value* key, Value result) noexcept;
// The same for keys as bare words, when the cache in front of the table does not have them.
const Value* MemoFindWords(MemoCache* cache, const uint64_t* key) noexcept;
bool MemoInsertWords(Machine* machine, MemoCache* cache, const uint64_t* key,
                     Value result) noexcept;
bool MemoCheckKey(Machine* machine, const Value* key, uint64_t count) noexcept;

// --- arithmetic with no short form in machine code (runtime/arith.h) noexcept; false: failed ---
bool PowInt(int64_t base, int64_t exponent, int64_t* result) noexcept;
double DivLargeInts(int64_t a, int64_t b) noexcept;
double ModFloat(double a, double b) noexcept;       // b is not zero
double FloorDivFloat(double a, double b) noexcept;  // b is not zero
double Hypot(double x, double y) noexcept;
int32_t CompareIntFloat(int64_t a, double b) noexcept;

}  // namespace support
}  // namespace jit
