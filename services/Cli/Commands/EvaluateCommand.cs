using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>evaluate FILE</c>: measures one checkpoint in a runner process and leaves nothing behind.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string> Checkpoint = new("FILE") { Description = "A checkpoint, plain or packed, or the index of a sharded one." };

    private static readonly Option<string[]> Corruption = new("--corruption")
    {
        Description = "Measure under a corruption too, or under `all`; may be repeated; `sparsepipe methods corruption` lists them.",
        HelpName = "NAME",
    };

    private static readonly Option<int[]> Severity = new("--severity") { Description = "Severity of the corruptions, 1 to 5; may be repeated; all by default.", HelpName = "1-5" };

    private static readonly Option<string[]> Metric = new("--metric")
    {
        Description = "Give a further metric of every split, or `all`; may be repeated; `sparsepipe methods metric` lists them.",
        HelpName = "NAME",
    };

    private static readonly Option<int?> Latency = new("--latency")
    {
        Description = $"Also time every layer, dense and with its zeros left out, with so many examples at a time, 1 to {BenchModelCommand.MaxBatch}.",
        HelpName = "BATCH",
    };

    public static Command Create()
    {
        var command = new CommandWithExamples(
            "evaluate",
            "Measure accuracy, loss, calibration, worst class and every shift of one checkpoint.",
            "sparsepipe evaluate soup.safetensors --recipe recipes/sms-digits.yaml",
            "sparsepipe evaluate soup.safetensors --model mlp --option hidden=[128,64] --data digits",
            "sparsepipe evaluate net.safetensors --model lenet5 --data idx --data-path /usr/share/datasets/fashion-mnist --json",
            "sparsepipe evaluate soup.safetensors --recipe recipes/sms-digits.yaml --corruption all --severity 3",
            "sparsepipe evaluate soup.safetensors --recipe recipes/sms-digits.yaml --metric macro-f1 --metric error-detection",
            "sparsepipe evaluate soup.safetensors --recipe recipes/sms-digits.yaml --latency 1")
        {
            Checkpoint,
        };
        foreach (var option in ModelAndDataOptions.All)
            command.Options.Add(option);
        command.Options.Add(Corruption);
        command.Options.Add(Severity);
        command.Options.Add(Metric);
        command.Options.Add(Latency);
        return command.Handle(RunAsync);
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (model, data, script, task) = ModelAndDataOptions.Read(invocation);
        await using var store = LocalStore.OpenTemporary();
        if (script is not null)
            await script.StoreAsync(store.Artifacts, cancellationToken);
        var copy = store.Artifacts.CreateTemporaryPath();
        GivenFiles.Look(invocation, [invocation.Required(Checkpoint)], CheckpointUse.Network);
        new ExportSource(invocation.Required(Checkpoint), Mask: null).Plain(copy, CheckpointUse.Network);
        var batch = LatencyBatch(invocation);
        var spec = new EvaluateSpec
        {
            AlgorithmVersion = EvaluateSpec.CurrentVersion,
            Checkpoint = await store.Artifacts.StoreAsync(copy, ArtifactFormats.Safetensors, cancellationToken),
            Model = model,
            Data = data,
            Task = task,
            Corruptions = Names(invocation, Corruption, MethodAxes.Corruption),
            CorruptionLevels = CorruptionLevels.Of(Names(invocation, Corruption, MethodAxes.Corruption)),
            Severities = Severities(invocation),
            Metrics = Names(invocation, Metric, MethodAxes.Metric),
        };
        var versions = MethodVersions.Of(Catalog.Create().Methods);
        var reply = await store.Runners.RunAsync<EvaluateRequest, EvaluateReply>(new((EvaluateSpec)MethodVersions.Into(spec, versions)), progress: null, cancellationToken);
        var report = await StoredJson.ReadAsync<EvaluationReport>(store.Artifacts, reply.Report, cancellationToken);
        if (batch is not null)
            report = report with { Latency = await BenchModelCommand.MeasureAsync(store, new TimeRequest(spec.Checkpoint, model, data, batch.Value, versions) { Task = task }, cancellationToken) };
        invocation.Answer(report);
        Tell(invocation, report);
        return ExitCodes.Ok;
    }

    private static int? LatencyBatch(Invocation invocation) => invocation.Value(Latency) is < 1 or > BenchModelCommand.MaxBatch
        ? throw new DomainException(FailureCodes.InvalidOption, $"--latency is {invocation.Value(Latency)}.", $"Give 1 to {BenchModelCommand.MaxBatch} examples.")
        : invocation.Value(Latency);

    private static int[]? Severities(Invocation invocation)
    {
        if (invocation.Value(Severity) is not { Length: > 0 } severities)
            return null;
        if (invocation.Value(Corruption) is null or [])
            throw new DomainException(FailureCodes.InvalidOption, "--severity is given without --corruption.", "Add --corruption NAME or --corruption all.");
        if (severities.FirstOrDefault(s => s is < 1 or > 5, 1) is var wrong and not 1)
            throw new DomainException(FailureCodes.InvalidOption, $"--severity is {wrong}.", "Give 1 (mild) to 5 (severe).");
        return [.. severities.Distinct().Order()];
    }

    private static string[]? Names(Invocation invocation, Option<string[]> option, string axis)
    {
        if (invocation.Value(option) is not { Length: > 0 } names)
            return null;
        var known = Catalog.Create().Names(axis);
        if (names.Contains(MethodAxisAttribute.Everything))
            return [.. known];
        return names.FirstOrDefault(n => !known.Contains(n)) is { } unknown
            ? throw new DomainException(FailureCodes.UnknownMethod, $"There is no {axis} '{unknown}'.", NameSuggestion.For(unknown, [.. known]))
            : [.. names.Distinct().Order(StringComparer.Ordinal)];
    }

    private static void Tell(Invocation invocation, EvaluationReport report)
    {
        Tell(invocation, "test", report.Test);
        Tell(invocation, "validation", report.Validation);
        foreach (var (name, split) in report.Shifts.OrderBy(s => s.Key, StringComparer.Ordinal))
            Tell(invocation, name, split);
        var compared = ComparedBy(report.Test);
        if (report.WorstShiftAccuracy is { } worst && report.Shifts.Count > 1)
            invocation.Say($"worst shift: accuracy {Figures.Percent(worst)}");
        foreach (var corruption in report.Corruptions)
            invocation.Say($"{corruption.Name}: {compared.Noun} {compared.Text(corruption.Measure)}, by severity "
                + string.Join(", ", corruption.Severities.Select(s => $"{s.Severity}: {compared.Text(s.Split.Measure)}")));
        if (report.CorruptedMeasure is { } corrupted)
            invocation.Say($"mean over all corruptions: {compared.Noun} {compared.Text(corrupted)}");
        invocation.Say(report is { DenseFlops: { } dense, SparseFlops: { } sparse }
            ? $"multiply-adds of one example: {Figures.Count(sparse)} of {Figures.Count(dense)} dense"
            : "multiply-adds: unknown, the layers of a script cannot be seen");
        foreach (var line in CompressionLines.Of(report))
            invocation.Say(line);
    }

    private static Compared ComparedBy(SplitReport split) => new(
        Catalog.Create().Methods.SelectMany(m => m.Measures).FirstOrDefault(m => m.Name == split.Primary) ?? MeasureInfo.Accuracy);

    private static void Tell(Invocation invocation, string name, SplitReport split) => invocation.Say(
        (split.Primary is null ? $"{name}: accuracy {Figures.Percent(split.Accuracy)} (95 %: {Figures.Range(split.AccuracyInterval)})" : $"{name}: {ComparedBy(split).Noun} {ComparedBy(split).Text(split.Measure)}")
        + $", loss {Figures.Real(split.Loss)}"
        + (split.BitsPerCharacter is { } bits ? $" ({Figures.Real(bits)} bits per character), " : ", ")
        + (split.Primary is null ? $"Brier {Figures.Real(split.BrierScore)}, ECE {Figures.Real(split.ExpectedCalibrationError)}, "
            + $"MCE {Figures.Real(split.MaximumCalibrationError)}, "
            + $"worst class {Figures.Percent(split.WorstClassAccuracy)} ({Figures.Range(split.WorstClassInterval)}), " : "")
        + $"{Figures.Count(split.Examples)} examples"
        + Further(split.Metrics?.Where(m => m.Key != split.Primary).ToDictionary()));

    private static string Further(IReadOnlyDictionary<string, double>? metrics)
    {
        var figure = new MetricFigure(Catalog.Create());
        return string.Concat((metrics ?? new Dictionary<string, double>(StringComparer.Ordinal)).Select(m => $", {m.Key} {figure.Text(m.Key, m.Value)}"));
    }
}
