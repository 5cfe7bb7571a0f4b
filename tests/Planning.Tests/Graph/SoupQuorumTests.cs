using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class SoupQuorumTests
{
    private static readonly Recipe AllNeeded = Recipes.Digits(candidates: 3, cycles: 1, baselines: []);
    private static readonly Recipe TwoOfThree = AllNeeded with { Soup = new SoupRecipe { Quorum = 2 } };
    private static readonly Recipe TwoWithinTenMinutes = AllNeeded with { Soup = new SoupRecipe { Quorum = 2, DeadlineMinutes = 10 } };

    private readonly FakeWorld _world = new();

    [Fact]
    public void A_soup_waits_until_every_candidate_has_settled()
    {
        Finish(AllNeeded, 0, 1);

        Soup(Plan(AllNeeded)).State.ShouldBe(StepState.Waiting);
    }

    [Fact]
    public void A_soup_of_all_needs_no_recorded_choice()
    {
        Finish(AllNeeded, 0, 1, 2);

        var plan = Plan(AllNeeded);

        Members(plan).ShouldBe([0, 1, 2]);
        ((SoupSpec)Soup(plan).Spec!).Expected.ShouldBeNull();
        plan.Choices.ShouldBeEmpty();
    }

    [Fact]
    public void One_failed_candidate_ends_a_run_that_needs_all()
    {
        Finish(AllNeeded, 0, 2);
        _world.Fail(Candidate(AllNeeded, 1));

        var plan = Plan(AllNeeded);

        plan.Failure.ShouldBe(new StepFailure(
            FailureCodes.Diverged,
            "cycle-1/soup: 1 of its candidates failed, so its quorum cannot be reached. cycle-1/candidate-1: The loss is NaN.",
            "Lower the learning rate. A lower soup.quorum would let the run go on without failed candidates."));
        plan.Ready.ShouldBeEmpty();
        plan.Finished.ShouldBeFalse();
    }

    [Fact]
    public void A_quorum_goes_on_without_failed_candidates_and_says_so()
    {
        Finish(TwoOfThree, 0, 2);
        _world.Fail(Candidate(TwoOfThree, 1));

        var plan = Plan(TwoOfThree);

        Members(plan).ShouldBe([0, 2]);
        ((SoupSpec)Soup(plan).Spec!).Expected.ShouldBe(3);
        plan.Choices.ShouldHaveSingleItem().CandidateKeys.ShouldBe([Candidate(TwoOfThree, 0).Key!, Candidate(TwoOfThree, 2).Key!]);
        plan.Failure.ShouldBeNull();
    }

    [Fact]
    public void Without_a_deadline_a_quorum_still_waits_for_the_rest()
    {
        Finish(TwoOfThree, 0, 1);
        _world.Now += TimeSpan.FromDays(30);

        var plan = Plan(TwoOfThree);

        Soup(plan).State.ShouldBe(StepState.Waiting);
        plan.WakeAt.ShouldBeNull();
    }

    [Fact]
    public void The_deadline_counts_from_the_moment_the_quorum_was_there()
    {
        Finish(TwoWithinTenMinutes, 0);
        _world.Now += TimeSpan.FromHours(1);
        Finish(TwoWithinTenMinutes, 2);
        _world.Now += TimeSpan.FromMinutes(9);

        var plan = Plan(TwoWithinTenMinutes);

        Soup(plan).State.ShouldBe(StepState.Waiting);
        plan.WakeAt.ShouldBe(FakeWorld.Start.AddHours(1).AddMinutes(10));
    }

    [Fact]
    public void At_the_deadline_the_soup_takes_who_is_there()
    {
        Finish(TwoWithinTenMinutes, 0, 2);
        _world.Now += TimeSpan.FromMinutes(10);

        var plan = Plan(TwoWithinTenMinutes);

        Members(plan).ShouldBe([0, 2]);
        plan.Choices.ShouldHaveSingleItem();
        plan.WakeAt.ShouldBeNull();
    }

    [Fact]
    public void A_late_candidate_does_not_change_a_recorded_soup()
    {
        CookWithoutCandidate1(TwoWithinTenMinutes);

        Members(Plan(TwoWithinTenMinutes)).ShouldBe([0, 2]);
    }

    [Fact]
    public void A_late_candidate_makes_a_new_soup_when_the_recipe_says_so()
    {
        var amending = TwoWithinTenMinutes with { Soup = TwoWithinTenMinutes.Soup with { AmendLate = true } };
        CookWithoutCandidate1(amending);

        Members(Plan(amending)).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void A_recorded_choice_binds_the_next_cycle_only_to_candidates_of_the_same_cut()
    {
        var amending = Recipes.Digits(candidates: 2, cycles: 2, baselines: []) with
        {
            Soup = new SoupRecipe { Quorum = 1, DeadlineMinutes = 0, AmendLate = true },
        };
        var first = Plan(amending);
        while (first.Steps.Single(s => s.Node == NodeNames.Soup(2)).State != StepState.Ready)
        {
            _world.Record(first);
            foreach (var step in first.Ready.Where(s => s.Node != NodeNames.Candidate(1, 1) && s.Node != NodeNames.Candidate(2, 1))) _world.Run(step);
            first = Plan(amending);
        }

        _world.Record(first);
        _world.Run(Candidate(amending, 1));

        var end = _world.RunToEnd(amending);

        end.Finished.ShouldBeTrue();
        end.Steps.Where(s => s.Kind == StepKinds.Soup).Select(s => ((SoupSpec)s.Spec!).Candidates.Count).ShouldBe([2, 2]);
    }

    private void CookWithoutCandidate1(Recipe recipe)
    {
        Finish(recipe, 0, 2);
        _world.Now += TimeSpan.FromMinutes(10);
        _world.Record(Plan(recipe));
        Finish(recipe, 1);
    }

    private Plan Plan(Recipe recipe) => Planner.Plan(recipe, _world, _world.Now);

    private void Finish(Recipe recipe, params int[] candidates)
    {
        foreach (var candidate in candidates) _world.Run(Candidate(recipe, candidate));
    }

    private PlannedStep Candidate(Recipe recipe, int index)
    {
        foreach (var node in new[] { NodeNames.Dense, NodeNames.Prune(1) })
            if (Plan(recipe).Steps.Single(s => s.Node == node) is { State: StepState.Ready } step) _world.Run(step);
        return Plan(recipe).Steps.Single(s => s.Node == NodeNames.Candidate(1, index));
    }

    private static PlannedStep Soup(Plan plan) => plan.Steps.Single(s => s.Node == NodeNames.Soup(1));

    private static int[] Members(Plan plan)
    {
        var spec = Soup(plan).Spec.ShouldBeOfType<SoupSpec>();
        var candidates = plan.Steps.Where(s => s.Kind == StepKinds.Train && s.Node != NodeNames.Dense)
            .Select(s => s.Result?.Outputs.GetValueOrDefault(OutputNames.Checkpoint)).ToList();
        return [.. spec.Candidates.Select(c => candidates.IndexOf(c.Checkpoint))];
    }
}
