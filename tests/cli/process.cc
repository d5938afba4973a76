#include "process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace flowlog::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kPause{5};

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (std::string& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

std::string number() {
  static int next = 0;
  return std::to_string(next++);
}

}  // namespace

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "flowlog-cli-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
  std::ofstream(file(name), std::ios::binary) << text;
  ::chmod(file(name).c_str(), 0600);
  return file(name);
}

std::string read_whole(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

Process::Process(const Folder& folder, const std::vector<std::string>& arguments,
                 const std::vector<std::string>& environment, const std::string& shell) {
  const std::string stem = folder.file("process-" + number());
  out_ = stem + ".out";
  err_ = stem + ".err";
  std::vector<std::string> words{FLOWLOG_PROGRAM};
  const char* program = FLOWLOG_PROGRAM;
  if (!shell.empty()) {
    program = "/bin/sh";
    words = {program, "-c", shell + "; exec \"$0\" \"$@\"", FLOWLOG_PROGRAM};
  }
  words.insert(words.end(), arguments.begin(), arguments.end());
  const char* path = std::getenv("PATH");
  std::vector<std::string> surroundings{std::string("PATH=") + (path == nullptr ? "" : path),
                                        "HOME=" + folder.path(),
                                        "XDG_STATE_HOME=" + folder.file("state")};
  surroundings.insert(surroundings.end(), environment.begin(), environment.end());

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out_.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err_.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addchdir_np(&actions, folder.path().c_str());
  const int error = posix_spawn(&pid_, program, &actions, nullptr, pointers(words).data(),
                                pointers(surroundings).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot start " FLOWLOG_PROGRAM);
}

Process::~Process() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Process::signal(int number) const {
  if (pid_ > 0) ::kill(pid_, number);
}

bool Process::says(const std::string& text, std::chrono::seconds patience) {
  const auto end = Clock::now() + patience;
  while (Clock::now() < end) {
    if ((read_whole(out_) + read_whole(err_)).find(text) != std::string::npos) return true;
    std::this_thread::sleep_for(kPause);
  }
  return false;
}

ProcessResult Process::wait(std::chrono::seconds patience) {
  ProcessResult outcome;
  const auto end = Clock::now() + patience;
  int status = 0;
  while (::waitpid(pid_, &status, WNOHANG) == 0) {
    if (Clock::now() > end) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, &status, 0);
      pid_ = -1;
      outcome.err = "(killed: it did not end)";
      return outcome;
    }
    std::this_thread::sleep_for(kPause);
  }
  pid_ = -1;
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = read_whole(out_);
  outcome.err = read_whole(err_);
  return outcome;
}

ProcessResult run_program(const Folder& folder, const std::vector<std::string>& arguments,
                          const std::vector<std::string>& environment) {
  return Process(folder, arguments, environment).wait();
}

namespace {

std::vector<std::string> mock_arguments(const std::string& profile,
                                        const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"mock", "--port", "0", "--write-profile", profile};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace

MockProcess::MockProcess(const Folder& folder, const std::vector<std::string>& more)
    : profile_(folder.file("mock-" + number() + ".json")),
      process_(folder, mock_arguments(profile_, more)) {
  if (!process_.says("Serving on ")) throw std::runtime_error("the mock does not start");
}

std::string MockProcess::url() const {
  const std::string text = read_whole(profile_);
  const std::size_t from = text.find("http://");
  return text.substr(from, text.find('"', from) - from);
}

ProcessResult MockProcess::stop() {
  process_.signal(SIGTERM);
  return process_.wait();
}

}  // namespace flowlog::cli
