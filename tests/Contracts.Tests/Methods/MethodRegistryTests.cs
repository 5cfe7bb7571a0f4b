using System.Text;
using System.Text.Json;

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

        failure.ShouldBe(new StepFailure(
            FailureCodes.InvalidOption, "The soup 'a': it has no option 'heat', 'pepper'; 'salt' is nothing, but must be a number.", "Its options are: salt (number)."));
    }

    [Fact]
    public void A_method_of_another_version_is_not_taken_for_the_one_that_is_asked_for()
    {
        var registry = new MethodRegistry<IMethod>("soup", new Broth("a", version: 2));
        var options = new MethodOptions { ["salt"] = JsonSerializer.SerializeToElement(1) };

        registry.Find(new MethodSpec { Name = "a", Version = 2, Options = options }).Info.Name.ShouldBe("a");
        Should.Throw<DomainException>(() => registry.Find(new MethodSpec { Name = "a", Options = options })).Message
            .ShouldStartWith("The soup 'a' is of version 2 here, and version 1 is asked for.");
        Should.Throw<DomainException>(() => registry.Find(new MethodSpec { Name = "a", Version = 3, Options = options })).Message
            .ShouldContain("version 3 is asked for");
    }

    [Fact]
    public void A_first_version_is_left_out_of_specs_and_a_later_one_written()
    {
        MethodSpec.Of(new Broth("a").Info).Version.ShouldBeNull();
        MethodSpec.Of(new Broth("a", version: 2).Info).Version.ShouldBe(2);
        new MethodRegistry<IMethod>("soup", new Broth("a", version: 2)).SpecOf("a").ShouldBe(new MethodSpec { Name = "a", Version = 2 });
        new MethodRegistry<IMethod>("soup").SpecOf("b").ShouldBe(MethodSpec.Of("b"));
        Encoding.UTF8.GetString(CanonicalJson.Serialize(MethodSpec.Of("a"))).ShouldBe("""{"name":"a"}""");
        Encoding.UTF8.GetString(CanonicalJson.Serialize(MethodSpec.Of("a") with { Version = 2 })).ShouldBe("""{"name":"a","version":2}""");
    }

    private sealed class Broth(string name, int version = 1) : IMethod
    {
        public MethodInfo Info { get; } = new()
        {
            Axis = "soup",
            Name = name,
            Title = name,
            Version = version,
            UseWhen = "Use when hungry.",
            Options = [new OptionInfo("salt", "number", "Grams.")],
        };
    }
}
