using ChatHub.Benchmarks;

return args switch
{
    ["protocol", .. var rest] => await ProtocolBenchmark.RunAsync(rest),
    ["fuzz", .. var rest] => await FuzzRun.RunAsync(rest),
    _ => 1,
};
