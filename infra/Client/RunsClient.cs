using System.Globalization;
using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Client;

/// <summary>Runs: plan, start, watch and stop them.</summary>
public sealed class RunsClient
{
    private const string Unfinished = "unfinished";
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private readonly GatewayConnection _connection;
    private readonly TimeProvider _time;

    internal RunsClient(GatewayConnection connection, TimeProvider time) => (_connection, _time) = (connection, time);

    /// <summary>What a recipe would do, and all that is wrong with it.</summary>
    /// <param name="recipe">The recipe, in YAML or JSON. It names no files of this machine.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<PlanAnswer> PlanAsync(string recipe, CancellationToken cancellationToken = default) =>
        _connection.AskAsync<PlanAnswer>(new Ask(HttpMethod.Post, "v1/runs/plan") { Content = () => Ask.Yaml(recipe) }, cancellationToken);

    /// <summary>Starts a run, or goes on with it: the same recipe is the same run.</summary>
    /// <param name="recipe">The recipe, in YAML or JSON. It names no files of this machine.</param>
    /// <param name="cancellationToken">Ends the request; the run may have been started.</param>
    public Task<SubmittedAnswer> SubmitAsync(string recipe, CancellationToken cancellationToken = default) =>
        _connection.AskAsync<SubmittedAnswer>(new Ask(HttpMethod.Post, "v1/runs") { Content = () => Ask.Yaml(recipe) }, cancellationToken);

    /// <summary>Runs, newest first.</summary>
    /// <param name="state">Only in this state; null for all.</param>
    /// <param name="name">Only with this name of the recipe, <c>*</c> for anything; null for all.</param>
    /// <param name="since">Only of this day (UTC) or later; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<RunAnswer> ListAsync(string? state = null, string? name = null, DateOnly? since = null, CancellationToken cancellationToken = default) =>
        _connection.ListAsync<RunAnswer>(
            QueryText.Of("v1/runs", ("state", state), ("name", name), ("since", since?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))), cancellationToken);

    /// <summary>Where a run stands.</summary>
    public Task<RunAnswer> ReadAsync(string runId, CancellationToken cancellationToken = default) => _connection.AskAsync<RunAnswer>(Of(runId, ""), cancellationToken);

    /// <summary>Where its steps stand.</summary>
    public Task<IReadOnlyList<StepAnswer>> StepsAsync(string runId, CancellationToken cancellationToken = default) =>
        _connection.AskAsync<IReadOnlyList<StepAnswer>>(Of(runId, "/steps"), cancellationToken);

    /// <summary>The report of a run that has ended.</summary>
    public Task<RunReport> ReportAsync(string runId, CancellationToken cancellationToken = default) => _connection.AskAsync<RunReport>(Of(runId, "/report"), cancellationToken);

    /// <summary>The recipe it was started with.</summary>
    public Task<JsonElement> RecipeAsync(string runId, CancellationToken cancellationToken = default) => _connection.AskAsync<JsonElement>(Of(runId, "/recipe"), cancellationToken);

    /// <summary>Asks whoever works on a run to stop.</summary>
    public Task<RunAnswer> CancelAsync(string runId, CancellationToken cancellationToken = default) =>
        _connection.AskAsync<RunAnswer>(Ask.Post(Of(runId, "/cancel").Path, new object()), cancellationToken);

    /// <summary>Goes on with a run that was cancelled or can be mended.</summary>
    public Task<RunAnswer> ResumeAsync(string runId, CancellationToken cancellationToken = default) =>
        _connection.AskAsync<RunAnswer>(Ask.Post(Of(runId, "/resume").Path, new object()), cancellationToken);

    /// <summary>Waits until a run has ended, well or not.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="progress">Told where it stands at every look.</param>
    /// <param name="cancellationToken">Ends the wait; the run goes on.</param>
    /// <exception cref="TimeoutException">It had not ended by then.</exception>
    public async Task<RunAnswer> WaitAsync(string runId, TimeSpan patience, IProgress<RunAnswer>? progress = null, CancellationToken cancellationToken = default)
    {
        for (var start = _time.GetTimestamp(); ;)
        {
            var found = await ReadAsync(runId, cancellationToken);
            progress?.Report(found);
            if (found.State != Unfinished)
                return found;
            if (_time.GetElapsedTime(start) > patience)
                throw new TimeoutException($"The run {runId} has {found.Done} of {found.Total} steps after {patience.TotalSeconds:0} s.");
            await Task.Delay(Look, _time, cancellationToken);
        }
    }

    private static Ask Of(string runId, string what) => new(HttpMethod.Get, $"v1/runs/{Uri.EscapeDataString(runId)}{what}");
}
