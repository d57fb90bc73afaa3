using AnimeSync.Load;

// The same executable plays every part, so that both sides of a ratio run on one runtime with one configuration.
return args switch
{
    ["upstream"] => await Peers.UpstreamAsync(),
    ["yarp"] => await Peers.YarpAsync(),
    ["minimal"] => await Peers.MinimalAsync(),
    ["bare"] => await Peers.BareAsync(),
    ["title"] => await Peers.TitleAsync(),
    ["sandbox"] => await SandboxBenchmarks.RunAsync(),
    [] => await Benchmarks.RunAsync() | await SandboxBenchmarks.RunAsync(),
    _ => 2,
};
