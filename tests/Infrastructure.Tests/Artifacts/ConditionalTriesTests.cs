using NSubstitute;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Tests.Claims;
using SparsePipeline.Infrastructure.Tests.Runs;

namespace SparsePipeline.Infrastructure.Tests.Artifacts;

/// <summary>A store that does not keep its word about conditions keeps nobody for ever.</summary>
public sealed class ConditionalTriesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_that_is_said_to_be_there_and_cannot_be_shown_is_given_up_after_a_hundred_tries()
    {
        var store = Substitute.For<IObjectStore>();
        store.TryCreateAsync("", default, default).ReturnsForAnyArgs(false);
        store.ReadAsync("", default).ReturnsForAnyArgs((StoredObject?)null);

        var failure = await Should.ThrowAsync<StoreUnavailableException>(
            () => new RunStore(store, TimeProvider.System).RecordChoiceAsync("digits-0123456789ab", "cycle-1/soup", ["k1"], Token));

        failure.Message.ShouldContain("The document 'runs/digits-0123456789ab/choices/cycle-1/soup.json' could not be written under a condition 100 times in a row.");
        failure.Message.ShouldContain("sparsepipe doctor");
        Tried(store, nameof(IObjectStore.TryCreateAsync)).ShouldBe(100);
    }

    [Fact]
    public async Task A_claim_whose_version_never_matches_is_given_up_after_a_hundred_tries()
    {
        var store = Substitute.For<IObjectStore>();
        var claim = new StoredObject(Documents.Write(new Claim()), "of-another-moment");
        store.ReadAsync("", default).ReturnsForAnyArgs(c => c.Arg<string>().EndsWith("claim.json", StringComparison.Ordinal) ? claim : null);
        store.TryReplaceAsync("", default, "", default).ReturnsForAnyArgs((string?)null);

        var failure = await Should.ThrowAsync<StoreUnavailableException>(
            () => new ClaimStore(store, RunWorld.Claiming, new FakeOwners(), TimeProvider.System).TryMarkSentAsync("0123abcd", Token));

        failure.Message.ShouldContain("'steps/0123abcd/claim.json'");
        Tried(store, nameof(IObjectStore.TryReplaceAsync)).ShouldBe(100);
    }

    [Fact]
    public async Task One_that_comes_about_at_the_last_try_counts()
    {
        var (store, tries) = (Substitute.For<IObjectStore>(), 0);
        store.TryCreateAsync("", default, default).ReturnsForAnyArgs(_ => ++tries == 100);
        store.ReadAsync("", default).ReturnsForAnyArgs((StoredObject?)null);

        (await new RunStore(store, TimeProvider.System).RecordChoiceAsync("run", "cycle-1/soup", ["k1"], Token)).ShouldBe(["k1"]);
    }

    private static int Tried(IObjectStore store, string method) => store.ReceivedCalls().Count(c => c.GetMethodInfo().Name == method);
}
