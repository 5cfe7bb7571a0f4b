using System.Reflection;
using System.Text;
using System.Text.Json;
using SparsePipeline.TestKit;

namespace SparsePipeline.Contracts.Tests;

public sealed class StepKeyTests
{
    public static TheoryData<string> Names => [.. SampleSpecs.All.Keys];

    /// <summary>Keys may change only on purpose: every result stored so far would be computed again.</summary>
    [Fact]
    public void Keys_are_what_they_have_always_been()
    {
        var keys = string.Concat(SampleSpecs.All.Select(s => $"{s.Key}: {StepKey.Of(s.Value)}\n  {Canonical(s.Value)}\n"));

        var (stored, expected) = GeneratedFile.Compare("tests/Contracts.Tests/Golden/step-keys.txt", keys);

        expected.ShouldBe(stored);
    }

    [Fact]
    public void A_default_that_is_written_out_does_not_change_the_key()
    {
        var json = JsonSerializer.Serialize<StepSpec>(SampleSpecs.SmallestTrain, ContractJson.Options)
            .Insert(1, "\"mask\": null, ");

        json.ShouldContain("\"batchSize\": 64");
        StepKey.Of(JsonSerializer.Deserialize<StepSpec>(Reordered(json), ContractJson.Options)!).ShouldBe(StepKey.Of(SampleSpecs.SmallestTrain));
    }

    [Fact]
    public void The_order_of_options_does_not_change_the_key()
    {
        (string, string)[] options = [("hidden", "[8]"), ("batchNorm", "true"), ("dropout", "0.1")];

        var keys = new[] { options, options.Reverse().ToArray() }
            .Select(o => StepKey.Of(SampleSpecs.Train with { Model = new ModelSpec { Name = "mlp", Options = SampleSpecs.Options(o) } }));

        keys.Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_field_of_a_spec_is_part_of_its_key(string name)
    {
        var spec = SampleSpecs.All[name];
        var key = StepKey.Of(spec);

        foreach (var property in spec.GetType().GetProperties().Where(p => p.SetMethod is not null))
        {
            var changed = (StepSpec)Copy(spec);
            property.SetValue(changed, OtherValue(property, property.GetValue(spec)));
            StepKey.Of(changed).ShouldNotBe(key, property.Name);
        }
    }

    [Fact]
    public void The_kind_is_part_of_the_key() =>
        Canonical(SampleSpecs.Evaluate).ShouldStartWith("{\"kind\":\"evaluate\",");

    [Fact]
    public void A_spec_read_from_a_store_has_the_key_it_was_stored_under()
    {
        foreach (var spec in SampleSpecs.All.Values)
        {
            var read = JsonSerializer.Deserialize<StepSpec>(JsonSerializer.Serialize(spec, ContractJson.Options), ContractJson.Options)!;
            StepKey.Of(read).ShouldBe(StepKey.Of(spec));
        }
    }

    private static string Canonical(StepSpec spec) => Encoding.UTF8.GetString(CanonicalJson.Serialize(spec));

    private static string Reordered(string json)
    {
        var properties = JsonDocument.Parse(json).RootElement.EnumerateObject().Reverse();
        return $"{{{string.Join(',', properties.OrderBy(p => p.Name != "kind").Select(p => p.ToString()))}}}";
    }

    private static object Copy(StepSpec spec) => spec.GetType().GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance)!.Invoke(spec, null)!;

    private static object? OtherValue(PropertyInfo property, object? value) => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
    {
        var t when t == typeof(bool) => !(bool)(value ?? false),
        var t when t == typeof(int) => (int)(value ?? 0) + 1,
        var t when t == typeof(long) => (long)(value ?? 0L) + 1,
        var t when t == typeof(bool) => !(bool)(value ?? false),
        var t when t == typeof(double) => (double)(value ?? 0.0) + 0.125,
        var t when t == typeof(string) => $"{value}x",
        var t when t == typeof(ArtifactRef) => SampleSpecs.Artifact('9'),
        var t when t == typeof(MethodSpec) => MethodSpec.Of("other"),
        var t when t == typeof(ModelSpec) => new ModelSpec { Name = "other" },
        var t when t == typeof(DataSpec) => new DataSpec { Name = "other" },
        var t when t == typeof(ActivationSample) => new ActivationSample { Layers = ["other"], Rows = 1 },
        var t when t == typeof(SequentialCut) => new SequentialCut { Rule = new CutRule { Method = MethodSpec.Of("other"), Sparsity = 0.25 } },
        var t when t == typeof(RecutSample) => new RecutSample { Examples = 9, Seed = 9 },
        var t when t == typeof(CutRule) => new CutRule { Method = MethodSpec.Of("other"), Sparsity = 0.5 },
        var t when t == typeof(IReadOnlyDictionary<string, double>) => new SortedDictionary<string, double>(StringComparer.Ordinal) { ["other"] = 0.5 },
        var t when t == typeof(IReadOnlyDictionary<string, int>) => new SortedDictionary<string, int>(StringComparer.Ordinal) { ["other"] = 2 },
        var t when t == typeof(IReadOnlyList<int>) => new[] { 2 },
        var t when t == typeof(IReadOnlyList<string>) => new[] { "other" },
        var t when t == typeof(IReadOnlyList<MethodSpec>) => new[] { MethodSpec.Of("other") },
        var t when t == typeof(IReadOnlyList<ArtifactRef>) => new[] { SampleSpecs.Artifact('9') },
        var t when t == typeof(MeasureInfo) => new MeasureInfo("other", "other", FigureInfo.Real, HigherIsBetter: false),
        var t when t == typeof(IReadOnlyList<SoupCandidate>) => new[] { new SoupCandidate(SampleSpecs.Artifact('9'), 0.5) },
        var t => throw new NotSupportedException($"Say how a {t.Name} changes."),
    };
}
