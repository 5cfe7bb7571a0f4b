namespace SparsePipeline.Infrastructure.Runners;

/// <summary>What a runner is asked to do; the folder <c>Jobs</c> has a file per job with its request, its reply and its name.</summary>
/// <typeparam name="TReply">What the runner answers.</typeparam>
public interface IRunnerRequest<TReply>
{
    /// <summary>Name of the job on the wire, in kebab-case.</summary>
    static abstract string Job { get; }
}
