using ChatHub.Benchmarks;

return args switch
{
    ["protocol", .. var rest] => await ProtocolBenchmark.RunAsync(rest),
    _ => 1,
};
