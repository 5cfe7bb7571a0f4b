namespace SparsePipeline.Infrastructure.Runners;

/// <summary>A runner process ended while it had a job.</summary>
/// <param name="exitCode">As the shell reports it: 128 + signal when a signal ended it.</param>
/// <param name="lastLines">What it printed last on standard error.</param>
internal sealed class RunnerDeath(int exitCode, string lastLines) : Exception
{
    /// <summary>In place of the exit code of a process that was killed and is held by the kernel.</summary>
    public const int NotEnded = -1;

    private const int SignalBase = 128;
    private const int SigKill = 9;

    /// <summary>SIGKILL comes from outside, mostly from a kernel that is out of memory: the job itself may be innocent.</summary>
    public bool CameFromOutside => exitCode == SignalBase + SigKill;

    /// <summary>For people.</summary>
    public override string Message =>
        $"The runner process ended with exit code {exitCode}{Signal}. It last printed: {(lastLines.Length == 0 ? "nothing" : lastLines)}";

    private string Signal => (exitCode - SignalBase) switch
    {
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        SigKill => " (SIGKILL)",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        _ => "",
    };
}
