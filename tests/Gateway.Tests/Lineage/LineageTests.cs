using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Lineage;
using SparsePipeline.Gateway.Tests.Outbox;
using SparsePipeline.Gateway.Tests.Webhooks;

namespace SparsePipeline.Gateway.Tests.Lineage;

public sealed class LineageTests
{
    [Fact]
    public async Task A_step_is_a_run_below_that_of_its_recipe_with_what_it_read_and_what_it_made()
    {
        using var receiver = new Receiver();
        await using var gateway = await TestGateway.StartAsync(("Lineage:Endpoint", receiver.Url), ("Lineage:Namespace", "lab"));
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var (runId, stepKey) = await OutgoingRun.SubmitAsync(client);
        var checkpoint = await OutgoingRun.FinishAsync(gateway, stepKey);
        await OutgoingRun.EndAsync(gateway.Runs, runId);

        var sent = (await receiver.ReceivedAsync(4)).Select(r => JsonDocument.Parse(r.Body).RootElement).ToList();

        var recipe = runId[..^13];
        sent.Select(e => (Type(e), e.GetProperty("job").GetProperty("name").GetString())).ShouldBe(
            [("START", recipe), ("START", $"{recipe}.train"), ("COMPLETE", $"{recipe}.train"), ("COMPLETE", recipe)], ignoreOrder: true);
        sent.ShouldAllBe(e => e.GetProperty("job").GetProperty("namespace").GetString() == "lab" && e.GetProperty("schemaURL").GetString()!.EndsWith("RunEvent", StringComparison.Ordinal));
        var done = sent.Single(e => Type(e) == "COMPLETE" && e.GetProperty("job").GetProperty("name").GetString() != recipe);
        done.GetProperty("run").GetProperty("runId").GetGuid().ShouldBe(NameUuid.Of(stepKey));
        done.GetProperty("outputs")[0].GetProperty("name").GetString().ShouldBe($"sha256:{checkpoint.Digest}");
        done.GetProperty("run").GetProperty("facets").GetProperty("parent").GetProperty("run").GetProperty("runId").GetGuid().ShouldBe(NameUuid.Of(runId));
    }

    [Fact]
    public async Task An_endpoint_that_is_away_gets_what_it_missed_and_a_failed_step_says_why()
    {
        using var receiver = new Receiver((before, _) => before == 0 ? 503 : 201);
        await using var gateway = await TestGateway.StartAsync(("Lineage:Endpoint", receiver.Url));
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var (_, stepKey) = await OutgoingRun.SubmitAsync(client);
        await OutgoingRun.FailAsync(gateway, stepKey);

        var sent = (await receiver.ReceivedAsync(4)).Select(r => JsonDocument.Parse(r.Body).RootElement).ToList();

        sent.Skip(1).Select(Type).ShouldBe(["START", "START", "FAIL"], ignoreOrder: true);
        sent.Single(e => Type(e) == "FAIL").GetProperty("run").GetProperty("facets").GetProperty("errorMessage").GetProperty("message").GetString()!.ShouldStartWith("The loss is NaN");
    }

    // The example of RFC 9562, appendix A.4.
    [Fact]
    public void Names_become_the_UUIDs_that_the_RFC_says() =>
        NameUuid.Of(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com").ShouldBe(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"));

    private static string Type(JsonElement sent) => sent.GetProperty("eventType").GetString()!;
}
