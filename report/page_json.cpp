// Series are most of the page, so their numbers are shortened; nothing in the tables is.
// Tests: tests/report/html_report_test.cpp, tests/report/html_page_test.cpp.

#include "report/page_json.h"

#include "report/json_fields.h"
#include "report/summary_json.h"
#include "report/warmup_causes.h"

namespace report {
namespace {

Json ShortenedJson(const std::vector<double>& values) {
  Json json = Json::array();
  for (const double value : values) {
    json.push_back(Shortened(value));
  }
  return json;
}

Json ProcessJson(const measure::ProcessSummary& process) {
  const measure::WarmupAnalysis& warmup = process.warmup;
  Json segments = Json::array();
  for (const measure::Segment& segment : warmup.segments) {
    segments.push_back({{"begin", segment.begin}, {"end", segment.end}, {"mean", segment.mean}});
  }
  Json marks = Json::array();
  if (process.events) {
    for (const PlotMark& mark : MarksOf(*process.events)) {
      marks.push_back({{"letter", LetterOf(mark.kind)},
                       {"first", mark.first},
                       {"last", mark.last},
                       {"text", mark.text}});
    }
  }
  Json json = {{"round", process.round},
               {"class", warmup.warmup_class ? Json(measure::Name(*warmup.warmup_class)) : Json()},
               {"rule", warmup.rule},
               {"seconds", ShortenedJson(process.seconds)},
               {"outliers", warmup.outliers},
               {"segments", std::move(segments)},
               {"is_steady", warmup.steady.has_value()},
               {"steady_from", process.steady_from},
               {"steady_seconds", process.steady_seconds},
               {"marks", std::move(marks)}};
  PutCauses({"", 0, process.seconds, warmup, process.calls, process.events}, &json);
  return json;
}

Json SeriesJson(const measure::Summary& summary) {
  Json json = Json::array();
  for (const measure::CellSummary& cell : summary.cells) {
    Json processes = Json::array();
    for (const measure::ProcessSummary& process : cell.processes) {
      processes.push_back(ProcessJson(process));
    }
    json.push_back(std::move(processes));
  }
  return json;
}

Json CostsJson(const std::vector<CostChart>& charts) {
  Json json = Json::array();
  for (const CostChart& chart : charts) {
    Json curves = Json::array();
    for (const CostChart::Curve& curve : chart.curves) {
      curves.push_back({{"cell", curve.cell}, {"seconds", ShortenedJson(curve.seconds)}});
    }
    json.push_back({{"program", chart.program},
                    {"bench", chart.bench},
                    {"runs", chart.runs},
                    {"curves", std::move(curves)}});
  }
  return json;
}

Json SweepJson(const SizeSweep& sweep) {
  Json lines = Json::array();
  for (const SizeSweep::Line& line : sweep.lines) {
    Json points = Json::array();
    for (const SizeSweep::Point& point : line.points) {
      points.push_back({{"size", point.size}, {"seconds", point.seconds}});
    }
    lines.push_back({{"engine", line.engine}, {"points", std::move(points)}});
  }
  Json crossings = Json::array();
  for (const SizeSweep::Crossing& crossing : sweep.crossings) {
    Json json = {{"base", crossing.base}, {"other", crossing.other}};
    PutNumber(&json, "size", crossing.break_even.size);
    json["interval"] = IntervalJson(crossing.break_even.interval);
    crossings.push_back(std::move(json));
  }
  return {{"program", sweep.program},     {"bench", sweep.bench},
          {"parameter", sweep.parameter}, {"fixed", sweep.fixed},
          {"lines", std::move(lines)},    {"crossings", std::move(crossings)}};
}

// For a place where `</script>` would end the data, whatever quotes stand around it.
std::string ForScript(const std::string& json) {
  std::string text;
  for (const char c : json) {
    if (c == '<') {
      text += "\\u003c";
    } else if (c == '>') {
      text += "\\u003e";
    } else if (c == '&') {
      text += "\\u0026";
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

std::string PageJson(const measure::Results& results, const measure::Summary& summary,
                     const std::vector<CostChart>& costs, const std::vector<SizeSweep>& sweeps) {
  Json json = {{"summary", Json::parse(SummaryJson(results, summary))},
               {"series", SeriesJson(summary)},
               {"costs", CostsJson(costs)}};
  json["sweeps"] = Json::array();
  for (const SizeSweep& sweep : sweeps) {
    json["sweeps"].push_back(SweepJson(sweep));
  }
  // ASCII only: U+2028 and U+2029 end a line in some scripts.
  return ForScript(json.dump(-1, ' ', true, Json::error_handler_t::replace));
}

}  // namespace report
