namespace SparsePipeline.Contracts.Tests.Methods;

public sealed class HookOrderTests
{
    private static readonly MethodInfo Plain = Hook("plain");
    private static readonly MethodInfo Mover = Hook("mover") with { Needs = MethodNeeds.MovesMask };
    private static readonly MethodInfo OtherMover = Hook("other") with { Needs = MethodNeeds.MovesMask };
    private static readonly MethodInfo First = Hook("first") with { Traits = MethodTraits.ComesFirst };
    private static readonly MethodInfo Last = Hook("last") with { Traits = MethodTraits.ComesLast };

    [Fact]
    public void Hooks_in_their_places_are_accepted() => HookOrder.Problems([First, Mover, Plain, Last]).ShouldBeEmpty();

    [Fact]
    public void A_hook_is_listed_once() => HookOrder.Problems([Plain, Plain]).ShouldBe(["'plain' is listed 2 times"]);

    [Fact]
    public void One_hook_moves_the_mask() => HookOrder.Problems([Mover, OtherMover]).ShouldBe(["'mover', 'other' each decide which weights are pruned, and one hook at most may"]);

    [Fact]
    public void What_has_to_come_first_or_last_is_named_with_its_neighbour() => HookOrder.Problems([Last, Plain, First]).ShouldBe(
        ["'last' has to come last and comes before 'plain'", "'first' has to come first and comes after 'plain'"]);

    private static MethodInfo Hook(string name) => new() { Axis = MethodAxes.Hook, Name = name, Title = name, UseWhen = "In tests." };
}
