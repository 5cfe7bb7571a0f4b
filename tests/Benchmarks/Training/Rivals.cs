namespace SparsePipeline.Benchmarks;

/// <summary>What training is compared with: plain TorchSharp, and PyTorch where that is installed.</summary>
internal static class Rivals
{
    /// <summary>As runners train: a machine with n cores runs n of them.</summary>
    public const int Threads = 1;

    /// <summary>Updates per measurement at the scale asked for.</summary>
    public static int Steps(BenchmarkSettings settings, StepCase work) => Math.Max(1, (int)(work.Steps * settings.Scale));

    /// <summary>Times of one update of ours beside one of each rival, with the rival's name and what it is.</summary>
    /// <param name="settings">How many pairs, at which scale.</param>
    /// <param name="work">The network.</param>
    /// <param name="ours">As many updates as <see cref="Steps"/> says.</param>
    public static IEnumerable<(string Name, string What, PairedTimes Times)> Measure(BenchmarkSettings settings, StepCase work, Action ours)
    {
        var steps = Steps(settings, work);
        using (var plain = new PlainSteps(work, steps))
            yield return ("plain TorchSharp", "the library's modules and SGD in the same process", Times(plain.Run));
        using var pytorch = PyTorchSteps.Start(work.ToJson(steps, Threads), out var why);
        if (pytorch is null)
            Console.WriteLine($"{work.Model} is not compared with PyTorch: {why}.");
        else
            yield return ("PyTorch", $"{pytorch.Version} in a process that waits meanwhile", Times(pytorch.Run));

        PairedTimes Times(Action theirs) => PairedTimes.Measure(settings.Pairs, ours, theirs).PerCall(steps, steps);
    }
}
