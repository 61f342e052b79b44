using System.Diagnostics;

namespace ChatHub.Benchmarks;

/// <summary>
/// How long the disk takes to make an appended 4 KiB page durable: the floor under every acknowledgement of a server
/// that returns only after its commit.
/// </summary>
public static class FsyncProbe
{
    private const int PageBytes = 4096;

    /// <returns>Milliseconds, one value for each write.</returns>
    public static double[] Measure(string folder, int writes)
    {
        var path = Path.Combine(folder, "fsync.probe");
        var page = new byte[PageBytes];
        var times = new double[writes];
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            for (var i = 0; i < writes; i++)
            {
                var start = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, page, (long)i * PageBytes);
                RandomAccess.FlushToDisk(file);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        File.Delete(path);
        return times;
    }
}
