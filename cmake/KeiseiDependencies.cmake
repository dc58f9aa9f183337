# Debian 12 packages; script/bootstrap installs them.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(tl-expected REQUIRED)
find_package(ZLIB REQUIRED)
find_package(zstd REQUIRED CONFIG)
find_package(prometheus-cpp REQUIRED CONFIG) # its core only: the text that /metrics says

# Only its reader of replies.
find_path(KEISEI_HIREDIS_INCLUDE hiredis/read.h REQUIRED)
find_library(KEISEI_HIREDIS_LIBRARY hiredis REQUIRED)
add_library(keisei_hiredis INTERFACE)
target_include_directories(keisei_hiredis SYSTEM INTERFACE ${KEISEI_HIREDIS_INCLUDE})
target_link_libraries(keisei_hiredis INTERFACE ${KEISEI_HIREDIS_LIBRARY})

# Asio's and Beast's implementations, compiled once instead of in every file that uses them.
add_library(keisei_beast STATIC ${CMAKE_SOURCE_DIR}/cmake/beast.cc)
target_compile_definitions(keisei_beast PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(keisei_beast PUBLIC Boost::headers OpenSSL::SSL OpenSSL::Crypto Threads::Threads)

if(KEISEI_WITH_TRAINER)
  find_package(Torch REQUIRED)
  add_library(keisei_torch INTERFACE)
  target_include_directories(keisei_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
  target_link_libraries(keisei_torch INTERFACE ${TORCH_LIBRARIES})
endif()
