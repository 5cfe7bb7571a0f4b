using System.Reflection;
using System.Text;

namespace SparsePipeline.Contracts.Tests;

public sealed class MethodVersionsTests
{
    private static readonly MethodInfo Erk = Method(MethodAxes.Allocation, "erk", 3);
    private static readonly MethodInfo Blocks = Method(MethodAxes.Structure, "block-4x4", 2);
    private static readonly PruneSpec Cut = SampleSpecs.Prune with { Allocation = "erk", Structure = "unstructured" };

    [Fact]
    public void Methods_of_version_one_are_written_nowhere()
    {
        MethodVersions.Of([Method(MethodAxes.Allocation, "erk", 1)]).ShouldBeNull();
        StepKey.Of(MethodVersions.Into(Cut, versions: null)).ShouldBe(StepKey.Of(Cut));
        StepKey.Of(MethodVersions.Into(Cut, MethodVersions.Of([Blocks]))).ShouldBe(StepKey.Of(Cut), "it names no blocks");
    }

    [Fact]
    public void A_spec_gets_the_versions_of_the_methods_it_names_and_of_those_that_another_chooses_for_it()
    {
        var versions = MethodVersions.Of([Blocks, Erk]);

        MethodVersions.Into(Cut, versions).Versions.ShouldBe(new Dictionary<string, int> { ["allocation/erk"] = 3 });
        MethodVersions.Into(Cut with { Allocation = null }, versions).Versions!.Keys.ShouldBe(["allocation/erk"], "a pruner chooses its own");
        Encoding.UTF8.GetString(CanonicalJson.Serialize(MethodVersions.Into(Cut with { Structure = "block-4x4" }, versions)))
            .ShouldContain("\"versions\":{\"allocation/erk\":3,\"structure/block-4x4\":2}");
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(1, "The allocation 'erk' is of version 1 here, and version 3 is asked for.")]
    public void A_worker_refuses_a_method_of_another_version_so_that_another_worker_may_have_it(int here, string? reason)
    {
        var spec = MethodVersions.Into(Cut, MethodVersions.Of([Erk]));

        void Ensure() => MethodVersions.Ensure(spec, [Method(MethodAxes.Allocation, "erk", here), Blocks]);

        if (reason is null)
            Ensure();
        else
            Should.Throw<DomainException>(Ensure).Failure.ShouldSatisfyAllConditions(f => f.Code.ShouldBe(FailureCodes.UnknownMethod), f => f.Reason.ShouldBe(reason));
    }

    [Fact]
    public void A_worker_with_a_newer_method_refuses_a_spec_that_means_the_first() =>
        Should.Throw<DomainException>(() => MethodVersions.Ensure(Cut, [Erk])).Failure.Reason.ShouldBe("The allocation 'erk' is of version 3 here, and version 1 is asked for.");

    [Fact]
    public void Everything_that_a_rule_says_a_cut_says_too()
    {
        var rule = new CutRule
        {
            Method = MethodSpec.Of("random"),
            Sparsity = 0.25,
            Allocation = "erk",
            Structure = "row",
            Exclude = ["a"],
            Include = ["b"],
            Layers = new Dictionary<string, double> { ["c"] = 0.5 },
            OutputLayer = "d",
            Layout = "input-channels",
        };
        var standard = new CutRule { Method = MethodSpec.Of("x"), Sparsity = 0 };
        foreach (var property in typeof(CutRule).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
            property.GetValue(rule).ShouldNotBe(property.GetValue(standard), property.Name);

        PruneSpec.Of(SampleSpecs.Artifact('1'), rule).Rule.ShouldBe(rule);
    }

    private static MethodInfo Method(string axis, string name, int version) => new() { Axis = axis, Name = name, Title = name, UseWhen = "In tests.", Version = version };
}
