using SparsePipeline.Runner;

RunnerHost.Run(args, RunnerRegistration.AddJobs, tune: _ => { });
return 0;
