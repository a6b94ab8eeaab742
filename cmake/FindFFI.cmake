# Finds libffi, which calls C functions whose types are known only at run time, and defines the
# target FFI::ffi. The archive is preferred: one library less to load at each start.

find_path(FFI_INCLUDE_DIR ffi.h)
find_library(FFI_LIBRARY NAMES libffi.a ffi)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(FFI REQUIRED_VARS FFI_LIBRARY FFI_INCLUDE_DIR)

if(FFI_FOUND AND NOT TARGET FFI::ffi)
  add_library(FFI::ffi UNKNOWN IMPORTED)
  set_target_properties(FFI::ffi PROPERTIES
    IMPORTED_LOCATION "${FFI_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${FFI_INCLUDE_DIR}")
endif()
mark_as_advanced(FFI_INCLUDE_DIR FFI_LIBRARY)
