using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Standalone.Tests;

/// <summary>Wrong settings stop the start as what they are: a refusal that names them, not a defect with a trace.</summary>
public sealed class WrongSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_wrong_settings_of_all_sections_are_named_at_once()
    {
        var refusal = await RefusalAsync(("Trainer:Concurrency", "0"), ("Runs:SweepSeconds", "-1"), ("Claims:LeaseSeconds", "0"));

        refusal.Code.ShouldBe(FailureCodes.InvalidOption);
        refusal.Reason.ShouldContain("Concurrency");
        refusal.Reason.ShouldContain("SweepSeconds");
        refusal.Reason.ShouldContain("LeaseSeconds");
    }

    [Theory]
    [InlineData("Runners:GraceSeconds", "soon", "Runners:GraceSeconds is 'soon', which is not a number.")]
    [InlineData("Seq:Url", "nonsense", "Seq:Url is 'nonsense': set it to an address")]
    [InlineData("Bus:Transport", "pigeons", "Bus:Transport is 'pigeons': set it to 'in-memory' or 'rabbitmq'.")]
    public async Task A_setting_that_cannot_be_read_is_named(string setting, string value, string named) =>
        (await RefusalAsync((setting, value))).Reason.ShouldContain(named);

    [Fact]
    public async Task The_plain_program_says_what_is_wrong_in_one_line()
    {
        using var error = new StringWriter();

        (await PlainRun.RunAsync([_folder.File("none.yaml"), _folder.File("store")], TextWriter.Null, error)).ShouldBe(64);

        error.ToString().TrimEnd().Split('\n').ShouldHaveSingleItem().ShouldContain("none.yaml");
    }

    private async Task<StepFailure> RefusalAsync(params (string Name, string Value)[] settings)
    {
        var options = new EmbeddedOptions
        {
            StoreFolder = _folder.File("store"),
            Settings = settings.ToDictionary(s => s.Name, s => (string?)s.Value, StringComparer.Ordinal),
        };
        return (await Should.ThrowAsync<DomainException>(() => EmbeddedPipeline.StartAsync(options, CancellationToken.None))).Failure;
    }
}
