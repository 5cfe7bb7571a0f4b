using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Tests.Options;

public class OptionsTests
{
    [Fact]
    public void The_defaults_are_valid()
    {
        var provider = Provide();

        provider.GetRequiredService<IOptions<StoreOptions>>().Value.Folder.ShouldBe(".sparsepipe");
        provider.GetRequiredService<IOptions<ClaimOptions>>().Value.LeaseSeconds.ShouldBe(60);
        provider.GetRequiredService<IOptions<TrainingSliceOptions>>().Value.BudgetSeconds.ShouldBe(600);
        provider.GetRequiredService<IOptions<TrainingSliceOptions>>().Value.CheckpointSeconds.ShouldBe(10);
        provider.GetRequiredService<IOptions<RunnerOptions>>().Value.Threads.ShouldBe(1);
        provider.GetRequiredService<IOptions<SeqOptions>>().Value.Url.ShouldBeNull();
    }

    [Fact]
    public void All_wrong_values_of_all_sections_are_named_at_once()
    {
        var provider = Provide(
            ("Store:Folder", ""), ("Runners:Count", "0"), ("Runners:Threads", "0"), ("Claims:LeaseSeconds", "30"), ("Claims:HeartbeatSeconds", "20"),
            ("Seq:Url", "localhost"));

        var message = Should.Throw<AggregateException>(() => provider.GetRequiredService<IStartupValidator>().Validate()).ToString();

        message.ShouldContain("The StoreOptions.Folder field is required.");
        message.ShouldContain("The field RunnerOptions.Count must be between 1 and 1024.");
        message.ShouldContain("The field RunnerOptions.Threads must be between 1 and 1024.");
        message.ShouldContain("HeartbeatSeconds is 20, which is more than a third of LeaseSeconds (30): set it to 10 or less.");
        message.ShouldContain("The SeqOptions.Url field is not a valid fully-qualified http, https, or ftp URL.");
    }

    private static ServiceProvider Provide(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))).Build();
        return new ServiceCollection().AddSparsePipelineOptions(configuration).BuildServiceProvider();
    }
}
