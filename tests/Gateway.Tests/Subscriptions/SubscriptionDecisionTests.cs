using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Subscriptions;

namespace SparsePipeline.Gateway.Tests.Subscriptions;

/// <summary>Whatever order events come in, however often and late: the newest is run, and never too many or too soon.</summary>
public sealed class SubscriptionDecisionTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_newest_event_is_run_in_the_end_and_no_more_run_at_once_than_may_and_none_within_the_debounce_of_a_newer_one()
    {
        // An operation: offer event 0–7, let seconds pass, or end the oldest run.
        var operations = Gen.OneOf(Gen.Int[0, 7].Select(e => ("offer", e)), Gen.Int[0, 40].Select(s => ("wait", s)), Gen.Const(("end", 0))).List[0, 60];
        var rules = Gen.Select(Gen.Int[1, 3], Gen.Int[0, 30], Gen.Bool, Gen.Int[1, 4]);

        Gen.Select(operations, rules).Sample((steps, rule) =>
        {
            var world = new World(Subscription(rule.Item1, rule.Item2, rule.Item3, rule.Item4));
            foreach (var (what, number) in steps)
                world.Do(what, number);
            world.Settle();

            if (world.Offered.Count > 0)
                world.Started[^1].ShouldBe(world.Offered.Max()!.EventKey);
            world.Started.ShouldBe(world.Started.Distinct(), "each event is run once");
            world.State.PendingSince.ShouldBeNull();
        });
    }

    [Fact]
    public void An_older_event_that_comes_late_changes_nothing()
    {
        var newest = SubscriptionDecision.Decide(Subscription(1, 60, false, 24), new SubscriptionState(), Order(5), Start).State;

        SubscriptionDecision.Decide(Subscription(1, 60, false, 24), newest, Order(4), Start.AddSeconds(30)).ShouldSatisfyAllConditions(
            d => d.State.Newest.ShouldBe(Order(5)), d => d.State.PendingSince.ShouldBe(Start), d => d.HoldUntil.ShouldBe(Start.AddSeconds(60)));
    }

    [Fact]
    public void What_is_beyond_a_day_waits_for_the_next()
    {
        var used = new SubscriptionState { Day = DateOnly.FromDateTime(Start.UtcDateTime), StartedToday = 2 };

        var decision = SubscriptionDecision.Decide(Subscription(1, 0, false, 2), used, Order(1), Start);

        (decision.Start, decision.HoldUntil).ShouldBe((false, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)));
        SubscriptionDecision.Decide(Subscription(1, 0, false, 2), decision.State, offered: null, decision.HoldUntil!.Value).Start.ShouldBeTrue();
    }

    [Fact]
    public void Runs_of_older_events_are_cancelled_where_that_is_asked_for_at_every_look()
    {
        var running = new SubscriptionState { Newest = Order(1), Starts = [new SubscriptionStart(Order(1).EventKey, "run-1")] };

        var decision = SubscriptionDecision.Decide(Subscription(1, 0, true, 24), running, Order(2), Start);

        decision.Start.ShouldBeFalse("one may run at a time");
        decision.Cancel.ShouldBe(["run-1"]);
        SubscriptionDecision.Decide(Subscription(1, 0, true, 24), decision.State, offered: null, Start).Cancel.ShouldBe(["run-1"]);
        SubscriptionDecision.Decide(Subscription(1, 0, false, 24), running, Order(2), Start).Cancel.ShouldBeEmpty();
    }

    [Fact]
    public void Starts_whose_runs_go_on_are_never_forgotten()
    {
        var state = new SubscriptionState { Starts = [new SubscriptionStart("first", "run-0")] };
        for (var i = 1; i <= 300; i++)
            state = SubscriptionDecision.Started(SubscriptionDecision.Ended(state, new HashSet<string> { $"run-{i - 1}" }.Where(r => r != "run-0").ToHashSet()), new SubscriptionStart($"{i}", $"run-{i}"));

        state.Starts.Count.ShouldBe(100);
        state.Running().Select(s => s.RunId).ShouldBe(["run-0", "run-300"]);
    }

    [Theory]
    [InlineData(">= 0.97", 0.97, true)]
    [InlineData("> 0.97", 0.97, false)]
    [InlineData("<=1e-3", 0.001, true)]
    [InlineData("< -1", -2, true)]
    public void A_bound_of_a_metric_holds_or_does_not(string bound, double value, bool holds) => MetricBound.Parse(bound)!.Holds(value).ShouldBe(holds);

    [Theory]
    [InlineData("0.97")]
    [InlineData(">= high")]
    [InlineData("== 1")]
    [InlineData(">= NaN")]
    public void A_bound_that_is_none_is_told(string bound) => MetricBound.Parse(bound).ShouldBeNull();

    private static EventOrder Order(int number) => new($"event-{number}", Start.AddMinutes(number), Start);

    private static Subscription Subscription(int concurrency, int debounce, bool cancels, int perDay) => new()
    {
        Name = "digits",
        Match = new EventMatch { Model = "digits" },
        Recipe = new SubscribedRecipe { Name = "small" },
        Concurrency = concurrency,
        DebounceSeconds = debounce,
        Superseded = cancels ? Contracts.Subscription.Cancel : Contracts.Subscription.Finish,
        MaxPerDay = perDay,
        WrittenBy = "",
        Nonce = "",
    };

    private sealed class World(Subscription subscription)
    {
        private DateTimeOffset _now = Start;
        private DateTimeOffset _newestAt;

        public SubscriptionState State { get; private set; } = new();

        public List<EventOrder> Offered { get; } = [];

        public List<string> Started { get; } = [];

        public void Do(string what, int number)
        {
            if (what == "offer")
            {
                // When a newer one was first offered is what the debounce counts from.
                if (Offered.Count == 0 || Order(number).CompareTo(Offered.Max()) > 0)
                    _newestAt = _now;
                Offered.Add(Order(number));
                Look(Order(number));
            }
            else if (what == "wait")
                _now = _now.AddSeconds(number);
            else if (State.Running().FirstOrDefault() is { } oldest)
                State = SubscriptionDecision.Ended(State, new HashSet<string> { oldest.RunId! });
            Look(offered: null);
        }

        public void Settle()
        {
            for (var i = 0; i < 10; i++)
            {
                Do("end", 0);
                Do("end", 0);
                _now = _now.AddDays(1);
                Look(offered: null);
            }
        }

        private void Look(EventOrder? offered)
        {
            var decision = SubscriptionDecision.Decide(subscription, State, offered, _now);
            State = decision.State;
            if (!decision.Start)
                return;
            (_now - _newestAt).TotalSeconds.ShouldBeGreaterThanOrEqualTo(subscription.DebounceSeconds);
            State.StartedToday.ShouldBeLessThan(subscription.MaxPerDay);
            Started.Add(State.Newest!.EventKey);
            State = SubscriptionDecision.Started(State, new SubscriptionStart(State.Newest.EventKey, $"run-{Started.Count}"));
            State.Running().Count().ShouldBeLessThanOrEqualTo(subscription.Concurrency);
        }
    }
}
