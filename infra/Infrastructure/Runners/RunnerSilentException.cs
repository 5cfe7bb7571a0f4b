namespace SparsePipeline.Infrastructure.Runners;

/// <summary>
/// A job neither reported nor computed for so long that its runner was killed. Waiting for something that never comes is seldom the input's
/// fault, so another try may help.
/// </summary>
/// <param name="job">A job's name, see <see cref="IRunnerRequest{TReply}"/>.</param>
/// <param name="silence">How long it was silent.</param>
/// <param name="lastLines">What the runner printed last.</param>
public sealed class RunnerSilentException(string job, TimeSpan silence, string lastLines) : Exception(
    $"The job '{job}' neither reported nor computed for {silence.TotalSeconds} s (Runners:SilenceSeconds), so its runner was killed. "
    + $"It last printed: {(lastLines.Length == 0 ? "nothing" : lastLines)}");
