using SparsePipeline.Learning.Runtime;
using SparsePipeline.Runner;

RunnerHost.Run(args, RunnerRegistration.AddJobs, TorchRuntime.Configure);
return 0;
