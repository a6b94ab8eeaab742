# How many compilers run at once: one for each core, but no more than one for each GB of memory,
# which is what the heaviest files need. Only Ninja has pools; other generators ignore them.

cmake_host_system_information(RESULT lab_cores QUERY NUMBER_OF_LOGICAL_CORES)
cmake_host_system_information(RESULT lab_memory_mb QUERY TOTAL_PHYSICAL_MEMORY)

# Inside a container the limit is the cgroup's, not the machine's ("max" when there is none).
if(EXISTS /sys/fs/cgroup/memory.max)
  file(READ /sys/fs/cgroup/memory.max lab_cgroup_bytes)
  string(STRIP "${lab_cgroup_bytes}" lab_cgroup_bytes)
  if(lab_cgroup_bytes MATCHES "^[0-9]+$")
    math(EXPR lab_cgroup_mb "${lab_cgroup_bytes} / 1048576")
    if(lab_cgroup_mb LESS lab_memory_mb)
      set(lab_memory_mb ${lab_cgroup_mb})
    endif()
  endif()
endif()

# Half a GB is added because a machine sold with 2 GB reports a little less.
math(EXPR lab_jobs "(${lab_memory_mb} + 512) / 1024")
if(lab_jobs GREATER lab_cores)
  set(lab_jobs ${lab_cores})
endif()
if(lab_jobs LESS 1)
  set(lab_jobs 1)
endif()

# Linking a sanitizer build takes as much memory as a compiler; half as many are enough.
math(EXPR lab_link_jobs "(${lab_jobs} + 1) / 2")

set_property(GLOBAL PROPERTY JOB_POOLS compile=${lab_jobs} link=${lab_link_jobs})
set(CMAKE_JOB_POOL_COMPILE compile)
set(CMAKE_JOB_POOL_LINK link)
message(STATUS "Compilers at once: ${lab_jobs} (${lab_cores} cores, ${lab_memory_mb} MB)")
