# fmt as the target lab_fmt: an archive of our own. Debian has fmt as headers alone, which costs every
# file that prints two seconds of compiling, or as a shared library, which costs every start of the
# program a tenth of a millisecond.

find_package(fmt 9 REQUIRED)
add_library(lab_fmt STATIC "${PROJECT_SOURCE_DIR}/cmake/fmt_compiled.cpp")
target_include_directories(lab_fmt SYSTEM
  PUBLIC $<TARGET_PROPERTY:fmt::fmt-header-only,INTERFACE_INCLUDE_DIRECTORIES>)
