using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Pipelines;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Store;
using SparsePipeline.Cli.Studies.Origins;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Studies;
using SparsePipeline.Reporting.Studies.Building;
using SparsePipeline.Reporting.Studies.Pages;
using SparsePipeline.Reporting.Studies.Text;
using SparsePipeline.Standalone;

namespace SparsePipeline.Cli.Studies;

/// <summary>Runs studies one after another and writes what came out.</summary>
/// <param name="invocation">The call; it carries <see cref="StudyOptions"/>.</param>
/// <param name="paths">Studies, in the order of the page.</param>
internal sealed class StudyRun(Invocation invocation, IReadOnlyList<string> paths)
{
    private readonly Dictionary<string, EarlierRuns> _earlier = new(StringComparer.Ordinal);

    private int Workers => invocation.Value(RunOptions.Runners) ?? System.Environment.ProcessorCount;

    private string Command => ShellText.Join(["sparsepipe", "study", .. paths, .. invocation.Where]);

    /// <summary>Returns one of <see cref="ExitCodes"/>.</summary>
    public async Task<int> GoAsync(CancellationToken cancellationToken)
    {
        var inputs = Read();
        foreach (var study in inputs.Select(i => i.Study.Name))
            _earlier[study] = invocation.Value(StudyOptions.Earlier) is { } folder ? await EarlierRuns.ReadAsync(folder, study, cancellationToken) : EarlierRuns.None;
        if (invocation.Value(StudyOptions.Plan))
            return await ForecastAsync(inputs, cancellationToken);
        PrepareOutputs(inputs);
        try
        {
            return await RunAsync(inputs, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            invocation.Refuse(new CommandError("cancelled", "Stopped; finished steps and resume points are kept.", $"Resume with: {Command}"));
            return ExitCodes.Cancelled;
        }
    }

    // All of them before any is run: an error in the last must not wait for the first.
    private List<StudyInput> Read()
    {
        var inputs = paths.Select(StudyFile.Open).ToList();
        foreach (var recipe in inputs.SelectMany(i => i.Study.Recipes))
            WorkerPlace.Check(invocation, recipe);
        if (inputs.GroupBy(i => i.Study.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DomainException(FailureCodes.InvalidOption, $"STUDY: two studies are called '{twice.Key}'.", "Give each a name of its own: it is the folder of its results.");
        if (invocation.Value(StudyOptions.Preface) is { } preface && !File.Exists(preface))
            throw new DomainException(FailureCodes.InvalidOption, $"--preface {preface} does not exist.", "Give the path of a Markdown file, or leave it out.");
        return inputs;
    }

    // Before hours of work. Reports in the store are the studies' own and are written anew.
    private void PrepareOutputs(List<StudyInput> inputs)
    {
        var (folder, page) = (invocation.Value(StudyOptions.Output), invocation.Value(StudyOptions.Page));
        var files = folder is null ? [] : inputs.SelectMany(i => StudyFiles.In(Path.Combine(folder, i.Study.Name)));
        OutputFiles.Prepare(
            invocation, [.. files, .. page is null ? (string[])[] : [page]], invocation.Value(StudyOptions.Preface) is { } preface ? [.. paths, preface] : paths, folder);
    }

    private async Task<int> ForecastAsync(List<StudyInput> inputs, CancellationToken cancellationToken)
    {
        await CheckAsync(inputs, pipeline: null, cancellationToken);
        await using var store = LocalStore.Open(invocation.Settings);
        var answers = new List<object>();
        foreach (var study in inputs.Select(i => i.Study))
        {
            var forecast = await StudyStanding.ForecastAsync(ToRun(study), store, cancellationToken);
            var wall = forecast.WallSeconds(Workers);
            answers.Add(new { study.Name, Runs = study.Recipes.Count, Steps = forecast.Steps.Count, forecast.Cached, forecast.ToRun, forecast.Epochs, forecast.Seconds, WallSeconds = wall });
            invocation.Say($"{study.Name}: {study.Recipes.Count} runs with {study.Seeds.Tuning.Count} tuning and {study.Seeds.Judging.Count} judging seed(s). {ForecastTable.Summary(forecast, Workers)}");
        }

        invocation.Answer(answers);
        return ExitCodes.Ok;
    }

    private async Task<int> RunAsync(List<StudyInput> inputs, CancellationToken cancellationToken)
    {
        var (reports, leftOut) = (new List<StudyReport>(), new List<LeftOutStudy>());
        await using (var pipeline = await PipelineOpening.OpenAsync(invocation, invocation.Settings.OfStudy(), cancellationToken))
        {
            if (!invocation.Value(StudyOptions.CachedOnly))
                await CheckAsync(inputs, pipeline, cancellationToken);
            foreach (var input in inputs)
            {
                var (study, missing) = await PresentAsync(input.Study, cancellationToken);
                if (study is null)
                {
                    leftOut.Add(new LeftOutStudy(input.Study.Name, input.Study.Title));
                    continue;
                }

                foreach (var file in input.Files)
                    await file.StoreAsync(pipeline.Artifacts, cancellationToken);
                var origin = await StudyOrigins.FindAsync(input.Path, input.Written, cancellationToken);
                var report = StudyReportBuilder.Build(study, await RunAsync(study, pipeline, cancellationToken), origin, MachineDescription.Current(), Command) with { Missing = missing };
                reports.Add(report = StudyText.Filled(report));
                var folder = await StudyFiles.WriteAsync(report, Folder(report), cancellationToken);
                Tell(report, folder);
            }
        }

        foreach (var study in leftOut)
            invocation.Say($"{study.Name}: left out, no judging seed is complete.");
        if (invocation.Value(StudyOptions.Page) is { } page)
            await StudyFiles.WriteAsync(new ResultsPage([.. reports.Select(r => (r, Folder(r)))], leftOut), page, invocation.Value(StudyOptions.Preface), cancellationToken);
        invocation.Answer(reports);
        return Conclude(reports);
    }

    private async Task<(Study? Study, IReadOnlyList<MissingSeeds> Missing)> PresentAsync(Study study, CancellationToken cancellationToken)
    {
        if (!invocation.Value(StudyOptions.CachedOnly))
            return (study, []);
        await using var store = LocalStore.Open(invocation.Settings);
        return await StudyStanding.CompleteAsync(study, _earlier[study.Name], store, cancellationToken);
    }

    private List<Recipe> ToRun(Study study) => [.. study.Recipes.Where(r => !_earlier[study.Name].Runs.ContainsKey(RunId.Of(r)))];

    private Task CheckAsync(List<StudyInput> inputs, IPipeline? pipeline, CancellationToken cancellationToken) =>
        RunCheck.EnsureAsync(invocation, pipeline, inputs.SelectMany(i => ToRun(i.Study).Select(r => (r, i.Files))), cancellationToken);

    private async Task<StudyRuns> RunAsync(Study study, IPipeline pipeline, CancellationToken cancellationToken)
    {
        var progress = new RunProgress(Workers);
        var known = await KnownAsync(study, cancellationToken);
        if (!invocation.Terminal.IsInteractive || invocation.Json || invocation.Value(RunOptions.Plain))
            return await Follow(new StudyLines(progress, invocation.Json ? invocation.Terminal.Error : invocation.Terminal.Output, TimeProvider.System));
        return await new LiveProgress(progress, invocation.Terminal.CreateConsole(), TimeProvider.System, invocation.Settings.HasSharedBus).ShowAsync(Follow);

        Task<StudyRuns> Follow(IRunObserver display)
        {
            var observer = new StudyObserver(ToRun(study), study.Name, known, display, TimeProvider.System);
            observer.Begin();
            return new StudyRunner(pipeline, observer, _earlier[study.Name], invocation.Value(StudyOptions.AtOnce) ?? Workers).RunAsync(study, cancellationToken);
        }
    }

    private async Task<IReadOnlyDictionary<string, StepResult>> KnownAsync(Study study, CancellationToken cancellationToken)
    {
        await using var store = LocalStore.Open(invocation.Settings);
        return await StudyStanding.ReadAsync(ToRun(study), store, cancellationToken);
    }

    private string Folder(StudyReport report) => Path.GetFullPath(
        Path.Combine(invocation.Value(StudyOptions.Output) ?? Path.Combine(invocation.Settings.Folder, "studies"), report.Name));

    private void Tell(StudyReport report, string folder)
    {
        foreach (var missing in report.Missing)
            invocation.Say($"{report.Name}: {missing.Grid}{(missing.IsLeftOut ? " is left out" : "")}: not computed yet: seeds {SeedNames.Of(missing.Seeds)}");
        foreach (var line in ClaimSummary.Lines(report))
            invocation.Say(line);
        invocation.Say($"report: {Path.Combine(folder, StudyFiles.Page)}");
        invocation.Say($"report: {Path.Combine(folder, StudyFiles.Json)}");
    }

    private int Conclude(List<StudyReport> reports)
    {
        var failed = reports.SelectMany(r => r.Grids).SelectMany(g => g.Cells).SelectMany(c => c.Runs).Where(r => r.Failure is not null).DistinctBy(r => r.RunId).ToList();
        foreach (var run in failed)
            invocation.Terminal.Error.WriteLine($"error: {run.RunId}: {new CommandError(run.Failure!.Code, run.Failure.Reason, run.Failure.Remedy).OneLine()}");
        return failed.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
