using System.Globalization;

namespace ChatHub.Benchmarks;

/// <summary>Each connection is an open file on either side.</summary>
public static class OpenFiles
{
    private const string LimitsFile = "/proc/self/limits";
    private const string LimitName = "Max open files";
    private const int HardLimitColumn = 4; // "Max open files  SOFT  HARD  files"
    private const int Others = 500; // assemblies, the database, pipes

    /// <summary>Ends a run that could not open as many connections, before it has begun. The runtime itself raises the soft limit to the hard one.</summary>
    public static void Require(int connections)
    {
        if (!File.Exists(LimitsFile))
            return;
        var line = File.ReadLines(LimitsFile).First(line => line.StartsWith(LimitName, StringComparison.Ordinal));
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (long.TryParse(columns[HardLimitColumn], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit < connections + Others)
            throw new BenchmarkException($"{connections:#,0} connections need a limit of {connections + Others:#,0} open files, and it is {limit:#,0}: raise it (ulimit -Hn), or name fewer --users");
    }
}
