#pragma once
// What runs of a bench cost, start-up included: over the number of runs, and over a parameter.

#include <cstdint>
#include <string>
#include <vector>

#include "measure/results.h"
#include "measure/size_break_even.h"
#include "measure/summary.h"

namespace report {

// Cells of the same work that are worth drawing together: none is void.
struct CostChart {
  struct Curve {
    uint32_t cell;
    std::vector<double> seconds;  // by point of `runs`: C(k), the mean over processes
  };
  std::string program;
  std::string bench;         // with parameters
  std::vector<double> runs;  // ascending, whole, evenly spaced on a logarithmic axis, from 1
  std::vector<Curve> curves;
};

// C(k) is what measure/break_even.h says: the start, then k runs, each sample standing for its
// calls; after the measured ones the steady mean goes on. The charts reach well past the measured
// runs and past every break-even that is known.
std::vector<CostChart> CostCharts(const measure::Results& results, const measure::Summary& summary);

// The same bench with at least two values of one number among its parameters.
struct SizeSweep {
  struct Point {
    double size;
    uint32_t cell;
    double seconds;  // of the first run in a fresh process, start included: mean over processes
  };
  struct Line {
    std::string engine;
    std::vector<Point> points;  // by rising size
  };
  struct Crossing {
    std::string base;
    std::string other;
    measure::SizeBreakEven break_even;  // from which size on `other` is the cheaper one
  };
  std::string program;
  std::string bench;      // without parameters
  std::string parameter;  // that varies
  std::string fixed;      // the others, "m=3, k=2"; often empty
  std::vector<Line> lines;
  std::vector<Crossing> crossings;  // of the base engine with each other
};

std::vector<SizeSweep> SizeSweeps(const measure::Results& results, const measure::Summary& summary);

// The engine that rows are compared with. The plan has cells.
const std::string& BaseEngine(const measure::Plan& plan);

}  // namespace report
