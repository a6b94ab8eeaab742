# LLVM 19's static archives as the target lab_llvm: X86 only, and only what a JIT needs. The shared
# library would cost 13 ms at each start of the process. llvm-config knows the archives and their
# order; LLVM's CMake package would also ask for libraries (Z3, libxml2, curl) that this part of it
# does not use.

find_program(LAB_LLVM_CONFIG NAMES llvm-config-19 llvm-config REQUIRED)

function(lab_ask_llvm variable)
  execute_process(COMMAND "${LAB_LLVM_CONFIG}" ${ARGN}
    OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  set(${variable} "${answer}" PARENT_SCOPE)
endfunction()

lab_ask_llvm(lab_llvm_version --version)
if(NOT lab_llvm_version MATCHES "^19\\.")
  message(FATAL_ERROR "LLVM 19 is needed; ${LAB_LLVM_CONFIG} belongs to ${lab_llvm_version}")
endif()
lab_ask_llvm(lab_llvm_include --includedir)
lab_ask_llvm(lab_llvm_bin --bindir)
# Not "native": that brings an assembler and a disassembler along.
lab_ask_llvm(lab_llvm_archives
  --link-static --libfiles orcjit orctargetprocess x86codegen x86desc x86info passes)
string(REPLACE " " ";" lab_llvm_archives "${lab_llvm_archives}")

# Archives here too: each shared library costs every start of the program a tenth of a millisecond.
find_library(LAB_ZLIB NAMES libz.a z REQUIRED)
find_library(LAB_ZSTD NAMES libzstd.a zstd REQUIRED)

add_library(lab_llvm INTERFACE)
target_include_directories(lab_llvm SYSTEM INTERFACE "${lab_llvm_include}")
target_link_libraries(lab_llvm INTERFACE ${lab_llvm_archives} "${LAB_ZLIB}" "${LAB_ZSTD}" m)

# LLVM has some 370 static constructors, 2 ms of work before main(). The linker script moves them to
# a table of their own, which jit/llvm_start.cpp runs before the first use of LLVM.
set(lab_llvm_script "${PROJECT_SOURCE_DIR}/cmake/llvm_constructors.ld")
target_link_options(lab_llvm INTERFACE
  "-Wl,-T,${lab_llvm_script}" -Wl,--gc-sections -Wl,--as-needed)
set_property(TARGET lab_llvm PROPERTY INTERFACE_LINK_DEPENDS "${lab_llvm_script}")

# lld links a program in 0.3 s, ld in 1.6 s.
find_program(LAB_LLD ld.lld HINTS "${lab_llvm_bin}")
if(LAB_LLD)
  cmake_path(GET LAB_LLD PARENT_PATH lab_lld_bin)
  target_link_options(lab_llvm INTERFACE "-B${lab_lld_bin}" -fuse-ld=lld)
endif()
message(STATUS "LLVM: ${lab_llvm_version}, linker: ${LAB_LLD}")
