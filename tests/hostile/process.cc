#include "tests/hostile/process.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace flowlog::test {

namespace fs = std::filesystem;

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Folder::Folder() {
  std::string pattern = (fs::temp_directory_path() / "flowlog-hostile-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& text, unsigned mode) const {
  std::ofstream(path(name), std::ios::binary) << text;
  chmod(path(name).c_str(), mode);
  return path(name);
}

std::map<std::string, std::string> Folder::files(const std::string& below) const {
  std::map<std::string, std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(path(below))) {
    if (!entry.is_regular_file()) continue;
    found[fs::relative(entry.path(), path_).string()] = read_file(entry.path().string());
  }
  return found;
}

Process::Process(const Folder& folder, const std::vector<std::string>& arguments,
                 const Variables& variables)
    : out_(folder.path("stdout")), err_(folder.path("stderr")) {
  std::vector<std::string> words = {FLOWLOG_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment = {"PATH=/usr/bin:/bin", "HOME=" + folder.path("home")};
  for (const auto& [name, value] : variables) environment.push_back(name + "=" + value);
  const auto pointers = [](std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (std::string& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
  };
  const std::vector<char*> argv = pointers(words);
  const std::vector<char*> envp = pointers(environment);
  pid_ = fork();
  if (pid_ != 0) return;
  const auto redirect = [](const std::string& file, int to) {
    dup2(open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), to);
  };
  redirect(out_, STDOUT_FILENO);
  redirect(err_, STDERR_FILENO);
  if (chdir(folder.path().c_str()) == 0) execve(argv[0], argv.data(), envp.data());
  _exit(127);
}

Process::~Process() {
  if (pid_ <= 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

Ended Process::wait() {
  int status = 0;
  rusage usage{};
  wait4(pid_, &status, 0, &usage);
  pid_ = -1;
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out_), read_file(err_),
          usage.ru_maxrss / 1024};
}

}  // namespace flowlog::test
