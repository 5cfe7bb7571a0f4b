using SparsePipeline.Runner;
using SparsePipeline.TestRunner;

if (Environment.GetEnvironmentVariable("TEST_RUNNER_START") is { } mode)
    BadStarts.Run(mode);
RunnerHost.Run(args, services => services.AddTestJobs(), tune: (_, _) => { });
return 0;
