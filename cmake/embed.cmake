# Writes a C++ source that holds files as bytes:
#   cmake -DOUTPUT=x.cc -DROOT=specs -DFILES=a.json|b/c.json -P embed.cmake
# The source defines flowlog::embedded_files(), declared in specs/embedded.h.
string(REPLACE "|" ";" FILES "${FILES}")
set(arrays "")
set(entries "")
set(count 0)
foreach(path IN LISTS FILES)
  file(READ "${ROOT}/${path}" hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(APPEND arrays "const unsigned char bytes${count}[] = {${bytes}};\n")
  string(APPEND entries "      {\"${path}\", text(bytes${count}, sizeof bytes${count})},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE "${OUTPUT}" "#include \"specs/embedded.h\"

namespace flowlog {
namespace {

${arrays}
std::string_view text(const unsigned char* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace

const std::vector<EmbeddedFile>& embedded_files() {
  static const std::vector<EmbeddedFile> files = {
${entries}  };
  return files;
}

}  // namespace flowlog
")
