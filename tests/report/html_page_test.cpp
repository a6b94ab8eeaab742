// The page in headless Chromium, used by page_probe.js. Needs chromium, which tests/run installs.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/wait.h>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/html_report.h"
#include "tests/report/sample.h"

namespace report {
namespace {

using nlohmann::json;

struct Output {
  int status;
  std::string text;
};

Output Shell(const std::string& command) {
  FILE* stream = popen(command.c_str(), "r");
  std::string text;
  char bytes[4096];
  for (size_t count; (count = fread(bytes, 1, sizeof(bytes), stream)) > 0;) {
    text.append(bytes, count);
  }
  const int status = pclose(stream);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text};
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void Replace(std::string* text, const std::string& what, const std::string& by) {
  for (size_t at = 0; (at = text->find(what, at)) != std::string::npos; at += by.size()) {
    text->replace(at, what.size(), by);
  }
}

// Before anything else on the page: what goes wrong, wherever it happens.
constexpr const char* kWatch = R"(<script>
const problems = [];
const hostile = () => problems.push("a text has run as a script");
addEventListener("error", (event) => problems.push(`error: ${event.message ?? event.target}`), true);
addEventListener("unhandledrejection", (event) => problems.push(`rejection: ${event.reason}`));
document.addEventListener("securitypolicyviolation",
  (event) => problems.push(`policy: ${event.blockedURI}`));
</script>)";

class HtmlPageTest : public ::testing::Test {
 protected:
  HtmlPageTest() {
    std::string name = ::testing::TempDir() + "lab-page-XXXXXX";
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  ~HtmlPageTest() override { std::filesystem::remove_all(folder_); }

  // What the probe saw in a window of that width; a discarded value when the browser failed.
  json Open(int width) const {
    const std::string browser = Shell(
                                    "command -v chromium || command -v chromium-browser || "
                                    "command -v google-chrome")
                                    .text;
    if (browser.empty()) {
      ADD_FAILURE() << "chromium is missing: tests/run installs it, and so does\n"
                       "    apt-get install --no-install-recommends chromium";
      return json::value_t::discarded;
    }
    std::string page = HtmlReport(SampleResults(), SampleSummary());
    page.insert(page.find("<title>"), kWatch);
    page.insert(page.rfind("</body>"),
                "<script>" + ReadFile("tests/report/page_probe.js") + "</script>\n");
    std::ofstream(folder_ + "/page.html") << page;
    const std::string flags =
        "--headless --no-sandbox --disable-gpu --disable-quic --disable-dev-shm-usage "
        "--no-first-run --disable-background-networking --disable-component-update --disable-sync";
    const Output output = Shell(fmt::format(
        "timeout 120 {} {} --user-data-dir='{}/profile' --window-size={},900 --dump-dom "
        "'file://{}/page.html' 2>'{}/errors'",
        browser.substr(0, browser.find('\n')), flags, folder_, width, folder_, folder_));
    const std::string mark = "<pre id=\"probe\">";
    const size_t begin = output.text.rfind(mark);
    if (output.status != 0 || begin == std::string::npos) {
      ADD_FAILURE() << "the browser ended with " << output.status << " and no finding\n"
                    << ReadFile(folder_ + "/errors");
      return json::value_t::discarded;
    }
    std::string seen = output.text.substr(begin + mark.size());
    seen = seen.substr(0, seen.find("</pre>"));
    Replace(&seen, "&lt;", "<");
    Replace(&seen, "&gt;", ">");
    Replace(&seen, "&nbsp;", "\u00a0");
    Replace(&seen, "&amp;", "&");
    return json::parse(seen);
  }

 private:
  std::string folder_;
};

// Rows without a time stand last in either order.
std::vector<double> Keys(const json& keys) {
  std::vector<double> values;
  for (const json& key : keys) {
    if (!key.is_null()) {
      values.push_back(std::stod(key.get<std::string>()));
    }
  }
  EXPECT_TRUE(keys.back().is_null());
  EXPECT_EQ(values.size() + 1, keys.size());
  return values;
}

void ExpectMarks(const json& marks, const measure::ProcessSummary& process, size_t others) {
  const measure::WarmupAnalysis& warmup = process.warmup;
  EXPECT_EQ(marks.at("outliers"), warmup.outliers.size());
  EXPECT_EQ(marks.at("dots"), process.seconds.size() - warmup.outliers.size());
  EXPECT_EQ(marks.at("levels"), warmup.segments.size());
  EXPECT_EQ(marks.at("changes"), warmup.segments.size() - 1);
  EXPECT_EQ(marks.at("steady"), warmup.steady ? 1 : 0);
  EXPECT_EQ(marks.at("faint"), others);
}

TEST_F(HtmlPageTest, CanBeUsed) {
  const json seen = Open(1200);
  ASSERT_FALSE(seen.is_discarded());
  const measure::Summary& summary = SampleSummary();

  EXPECT_EQ(seen.at("problems"), json::array());
  EXPECT_EQ(seen.at("resources"), 0);
  EXPECT_EQ(seen.at("images"), 0);
  EXPECT_LE(seen.at("overflow"), 0);
  EXPECT_EQ(seen.at("charts"), 5);
  EXPECT_EQ(seen.at("chartsWithoutTable"), 0);

  EXPECT_EQ(seen.at("rows"), summary.cells.size());
  const std::vector<double> ascending = Keys(seen.at("ascending"));
  const std::vector<double> descending = Keys(seen.at("descending"));
  EXPECT_TRUE(std::is_sorted(ascending.begin(), ascending.end()));
  EXPECT_TRUE(std::is_sorted(descending.rbegin(), descending.rend()));
  EXPECT_GT(ascending.back(), ascending.front());
  EXPECT_EQ(seen.at("engines").front(), "\"><img src=x onerror=hostile()>");
  EXPECT_EQ(seen.at("ariaSort"), json::array({"Engine"}));

  ExpectMarks(seen.at("warmup"), summary.cells[0].processes[0], 5);
  EXPECT_EQ(seen.at("logTimeChanges"), true);
  EXPECT_EQ(seen.at("alone").at("faint"), 0);
  EXPECT_EQ(seen.at("rowNames").back(),
            std::string(kHostile) + "(n=<b>&amp;'\") on \"><img src=x onerror=hostile()>");
  const measure::ProcessSummary& hostile = summary.cells[summary.cells.size() - 2].processes[2];
  ExpectMarks(seen.at("hostileMarks"), hostile, 0);
  EXPECT_FALSE(hostile.warmup.steady);
  EXPECT_EQ(seen.at("iterationRows"), hostile.seconds.size());

  EXPECT_EQ(seen.at("tooltip"), "iteration 48");
  EXPECT_EQ(seen.at("tooltipGone"), true);
  EXPECT_TRUE(seen.at("spoken").get<std::string>().starts_with("iteration 2: "));

  EXPECT_EQ(seen.at("curves"), 3);
  EXPECT_EQ(seen.at("crossings"), 2);
  EXPECT_EQ(seen.at("shownCostTables"), 1);
  EXPECT_TRUE(seen.at("costLabel").get<std::string>().starts_with("Cost of runs of raw(n=1000),"));
  EXPECT_EQ(seen.at("dashes"), 3);
  EXPECT_EQ(seen.at("sweepCurves"), 3);
  EXPECT_EQ(seen.at("ratios"), summary.engines.size() + summary.variants.size());
  EXPECT_EQ(seen.at("openRatios"), 1);
  EXPECT_EQ(seen.at("bars"), summary.cells.size());
  EXPECT_EQ(seen.at("themeChanges"), true);
  EXPECT_EQ(seen.at("themeReturns"), true);
}

TEST_F(HtmlPageTest, FitsAPhone) {
  const json seen = Open(360);
  ASSERT_FALSE(seen.is_discarded());
  EXPECT_LE(seen.at("width"), 600);
  EXPECT_LE(seen.at("overflow"), 0);
  EXPECT_EQ(seen.at("problems"), json::array());
}

}  // namespace
}  // namespace report
