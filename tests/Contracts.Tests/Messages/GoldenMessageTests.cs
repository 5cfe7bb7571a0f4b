using System.Text.Json;
using SparsePipeline.TestKit;

namespace SparsePipeline.Contracts.Tests;

/// <summary>The wire format: a difference here breaks whoever runs another version. make docs accepts it.</summary>
public sealed class GoldenMessageTests
{
    public static TheoryData<string> Names => [.. SampleMessages.All.Select(m => m.GetType().Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_is_written_as_its_golden_file_says(string name)
    {
        var (stored, expected) = GeneratedFile.Compare($"tests/Contracts.Tests/Golden/{name}.json", Write(Sample(name)));

        expected.ShouldBe(stored);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_golden_file_reads_back_without_loss(string name)
    {
        var sample = Sample(name);

        var read = JsonSerializer.Deserialize(Write(sample), sample.GetType(), ContractJson.Options);

        Write(read!).ShouldBe(Write(sample));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_field_of_a_later_version_is_ignored(string name)
    {
        var sample = Sample(name);
        var extended = Write(sample).Insert(1, "\"invented\": {\"later\": [1]},");

        var read = JsonSerializer.Deserialize(extended, sample.GetType(), ContractJson.Options);

        Write(read!).ShouldBe(Write(sample));
    }

    [Fact]
    public void Every_message_has_a_golden_file() =>
        Names.Select(row => row.Data).Order(StringComparer.Ordinal).ShouldBe(
            Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Path, "contracts", "Messages"), "*.cs")
                .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!);

    private static object Sample(string name) => SampleMessages.All.Single(m => m.GetType().Name == name);

    private static string Write(object message) => JsonSerializer.Serialize(message, message.GetType(), ContractJson.Options);
}
