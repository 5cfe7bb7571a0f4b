using SparsePipeline.Chaos.Processes;

namespace SparsePipeline.Chaos.Faults;

/// <summary>A service is stopped in good order amid its work and started again with other settings, as an upgrade or <c>make up</c> does.</summary>
internal sealed class OtherSettings : IFault
{
    private static readonly (string Key, string[] Values)[] Choices =
    [
        ("Claims__LeaseSeconds", ["3", "4", "7"]),
        ("Claims__ResendSeconds", ["2", "3", "5"]),
        ("Runs__SweepSeconds", ["0.5", "1", "2"]),
        ("Slices__BudgetSeconds", ["0.5", "1", "600"]),
        ("Slices__CheckpointSeconds", ["0", "0.5", "2"]),
        ("Runners__MaxJobs", ["1", "200"]),
        ("S3__Concurrency", ["1", "8"]),
    ];

    public string Name => "settings changed under way";

    public int Weight => 8;

    public async Task<string?> HappenAsync(Scene scene, CancellationToken cancellationToken)
    {
        var victim = scene.AnyReplica();
        var (key, values) = Choices[scene.Random.Next(Choices.Length)];
        var value = values[scene.Random.Next(values.Length)];
        victim.Process.Signal(Signals.Terminate, group: false);
        await victim.Process.WaitForExitAsync(cancellationToken);
        victim.Process.Set("SPARSEPIPELINE_" + key, value);
        victim.Process.Start();
        return $"{victim.Name}: {key}={value}";
    }
}
