using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Outbox;

/// <summary>A run that nobody computes: tests write what workers and sweepers would have written.</summary>
internal static class OutgoingRun
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Submits a run and returns its id and the key of its first step.</summary>
    public static async Task<(string RunId, string StepKey)> SubmitAsync(HttpClient client, int seed = 1)
    {
        var recipe =
            $$"""
            name: told-{{seed}}
            model: { name: mlp, options: { hidden: [16] } }
            data: { name: digits, limit: 200 }
            pretraining: { epochs: 2, learningRate: 0.1 }
            sparsification: { sparsity: 0.5, cycles: 1 }
            retraining: { epochs: 1, candidates: 2 }
            """;
        var answer = await client.PostAsync("/v1/runs", new StringContent(recipe, Encoding.UTF8, "application/yaml"), Token);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Token));
        var runId = (await BodyAsync(answer)).GetProperty("runId").GetString()!;
        var steps = await client.GetFromJsonAsync<JsonElement>($"/v1/runs/{runId}/steps", Token);
        return (runId, steps.EnumerateArray().First(s => s.GetProperty("state").GetString() == "ready").GetProperty("key").GetString()!);
    }

    /// <summary>Stores the result of a train step as its worker would.</summary>
    public static async Task<ArtifactRef> FinishAsync(TestGateway gateway, string stepKey)
    {
        var checkpoint = await gateway.StoreCheckpointAsync();
        var outputs = new SortedDictionary<string, ArtifactRef>(StringComparer.Ordinal)
        {
            [OutputNames.Checkpoint] = checkpoint,
            [OutputNames.Report] = new ArtifactRef(new string('2', 64), 100, ArtifactFormats.Json),
        };
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { [MetricNames.ValidationAccuracy] = 0.9 };
        await gateway.Steps.StoreResultAsync(Result(stepKey) with { Outputs = outputs, Metrics = metrics }, Token);
        return checkpoint;
    }

    /// <summary>Stores the result of a train step that failed.</summary>
    public static Task FailAsync(TestGateway gateway, string stepKey) => gateway.Steps.StoreResultAsync(
        Result(stepKey) with { Failure = new StepFailure(FailureCodes.Diverged, "The loss is NaN in epoch 2.", "Lower pretraining.learningRate.") }, Token);

    /// <summary>Writes down the end of a run as the sweeper would.</summary>
    public static Task EndAsync(IRunStore runs, string runId, string state = RunStates.Finished) =>
        runs.EndAsync(runId, new RunEnd { State = state, At = DateTimeOffset.UtcNow, Seconds = 12.5, Done = 3, Total = 3 }, Token);

    /// <summary>The events that were written down, once there are as many as that.</summary>
    public static async Task<IReadOnlyList<OutgoingEvent>> EventsAsync(TestGateway gateway, int count)
    {
        while (true)
        {
            var keys = await gateway.Objects.ListAsync("outbox/", Token).Where(k => k.Count(c => c == '/') == 1 && k != "outbox/lease.json").ToListAsync(Token);
            if (keys.Count >= count)
            {
                var read = await Task.WhenAll(keys.Select(k => gateway.Objects.ReadAsync<OutgoingEvent>(k, Token)));
                return [.. read.Select(e => e!).OrderBy(e => e.RecordedAt)];
            }
            await Task.Delay(20, Token);
        }
    }

    private static StepResult Result(string stepKey) => new() { Key = stepKey, Kind = StepKinds.Train, CompletedAt = new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero), Seconds = 1, Worker = "test" };
}
