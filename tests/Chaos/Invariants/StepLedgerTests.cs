using System.Text;
using SparsePipeline.Chaos.Store;

namespace SparsePipeline.Chaos.Invariants;

public sealed class StepLedgerTests
{
    private readonly StepLedger _ledger = new();

    [Fact]
    public void A_step_that_is_sent_taken_kept_alive_and_finished_ran_once()
    {
        Claim("pruner", "sent");
        Claim("trainer-1", "process-1", attempts: 1);
        _ledger.Unfinished.ShouldBe(["ab"]);
        _ledger.Holders.ShouldBe(["trainer-1"]);
        Claim("trainer-1", "process-1", attempts: 1);
        Put("trainer-1", "result.json", "{}");

        _ledger.Unfinished.ShouldBeEmpty();
        _ledger.Holders.ShouldBeEmpty();
        _ledger.ExtraExecutions.ShouldBe(0);
        _ledger.MostAttempts.ShouldBe(1);
        _ledger.AreFinished(["ab"]).ShouldBeTrue();
    }

    [Fact]
    public void A_step_another_replica_takes_over_ran_once_more()
    {
        Claim("trainer-1", "process-1", attempts: 1);
        Claim("trainer-2", "process-2", attempts: 2);

        _ledger.ExtraExecutions.ShouldBe(1);
    }

    [Fact]
    public void A_step_its_own_replica_takes_again_after_a_restart_ran_once_more()
    {
        Claim("trainer-1", "process-1", attempts: 1);
        Claim("trainer-1", "process-3", attempts: 2);

        _ledger.ExtraExecutions.ShouldBe(1);
    }

    [Fact]
    public void A_continued_slice_is_no_second_execution()
    {
        Claim("trainer-1", "process-1", attempts: 1);
        Claim("trainer-1", "sent");
        Claim("trainer-2", "process-2", attempts: 1);

        _ledger.ExtraExecutions.ShouldBe(0);
    }

    [Fact]
    public void A_step_that_was_lost_and_sent_again_by_a_sweep_ran_once_more()
    {
        Claim("trainer-1", "process-1", attempts: 1);
        Claim("pruner", "sent");
        Claim("trainer-2", "process-2", attempts: 2);

        _ledger.ExtraExecutions.ShouldBe(1);
    }

    [Fact]
    public void A_write_the_store_refused_counts_for_nothing()
    {
        Put("trainer-1", "claim.json", """{"owner":"process-1","attempts":1}""", status: 412);

        _ledger.Unfinished.ShouldBeEmpty();
    }

    private void Claim(string replica, string owner, int attempts = 0) =>
        Put(replica, "claim.json", $$"""{"owner":"{{owner}}","attempts":{{attempts}}}""");

    private void Put(string replica, string document, string content, int status = 200) =>
        _ledger.Note(replica, new StoreRequest("PUT", $"steps/ab/{document}", "", Encoding.UTF8.GetBytes(content)), status);
}
