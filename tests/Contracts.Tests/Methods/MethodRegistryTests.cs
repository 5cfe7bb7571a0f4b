namespace SparsePipeline.Contracts.Tests.Methods;

public sealed class MethodRegistryTests
{
    [Fact]
    public void An_unknown_name_answers_with_the_known_ones()
    {
        var failure = Should.Throw<DomainException>(() => new MethodRegistry<IMethod>("soup", new Broth("b"), new Broth("a")).Find("c")).Failure;

        failure.ShouldBe(new StepFailure(FailureCodes.UnknownMethod, "There is no soup 'c'.", "Known: a, b."));
    }

    [Fact]
    public void Two_methods_of_one_name_are_refused() =>
        Should.Throw<ArgumentException>(() => new MethodRegistry<IMethod>("soup", new Broth("a"), new Broth("a")));

    [Fact]
    public void A_method_of_another_axis_is_refused() =>
        Should.Throw<ArgumentException>(() => new MethodRegistry<IMethod>("pruner", new Broth("a")))
            .Message.ShouldStartWith("'a' is of axis 'soup', not 'pruner'.");

    [Fact]
    public void All_unknown_options_are_named_at_once()
    {
        var options = new MethodOptions { ["salt"] = default, ["heat"] = default, ["pepper"] = default };

        var failure = Should.Throw<DomainException>(
            () => new MethodRegistry<IMethod>("soup", new Broth("a")).Find(new MethodSpec { Name = "a", Options = options })).Failure;

        failure.ShouldBe(new StepFailure(FailureCodes.InvalidOption, "The soup 'a' has no option 'heat', 'pepper'.", "Known: salt."));
    }

    private sealed class Broth(string name) : IMethod
    {
        public MethodInfo Info { get; } = new()
        {
            Axis = "soup",
            Name = name,
            Title = name,
            UseWhen = "Use when hungry.",
            Options = [new OptionInfo("salt", "number", "Grams.")],
        };
    }
}
