using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Artifacts.S3;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

public class S3SettingsTests
{
    private static readonly string[] Good = ["Store:Kind=s3", "S3:AccessKey=a", "S3:SecretKey=b", "S3:Bucket=weights"];

    [Fact]
    public void All_problems_are_named_at_once()
    {
        var provider = Provide(
            "Store:Kind=s3", "S3:Endpoint=http://host/path", "S3:SecretKeyFile=/nowhere/secret", "S3:CertificateAuthorityFile=/nowhere/ca");

        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IOptions<S3Options>>().Value).Failures.ShouldBe(
        [
            "S3:Endpoint is 'http://host/path': give scheme, host and port only, such as http://localhost:9000.",
            "Store:Kind is s3, but neither S3:AccessKeyFile nor S3:AccessKey is given.",
            "S3:SecretKeyFile names '/nowhere/secret', which does not exist.",
            "S3:CertificateAuthorityFile names '/nowhere/ca', which does not exist.",
        ]);
    }

    [Fact]
    public void A_folder_needs_none_of_them() => Provide().GetRequiredService<IObjectStore>().ShouldBeOfType<FileObjectStore>();

    [Fact]
    public void The_kind_decides_stores_and_owners()
    {
        var provider = Provide(Good);

        provider.GetRequiredService<IObjectStore>().ShouldBeOfType<S3ObjectStore>();
        provider.GetRequiredService<IArtifactStore>().ShouldBeOfType<S3ArtifactStore>();
        provider.GetRequiredService<IClaimOwners>().ShouldBeOfType<LeaseClaimOwners>();
    }

    [Fact]
    public void Processes_on_other_machines_are_never_known_to_be_gone()
    {
        var (mine, other) = (new LeaseClaimOwners(), new LeaseClaimOwners());

        mine.Mine.ShouldNotBe(other.Mine);
        mine.IsGone(other.Mine).ShouldBeFalse();
    }

    [Fact]
    public void A_runner_gets_the_bucket_through_its_environment_and_nothing_on_its_command_line()
    {
        var start = ActivatorUtilities.CreateInstance<RunnerStart>(Provide([.. Good, "Runners:Path=/bin/true", "S3:TimeoutSeconds=7.5"])).Create();

        start.Environment["SPARSEPIPELINE_Store__Kind"].ShouldBe("s3");
        start.Environment["SPARSEPIPELINE_S3__Bucket"].ShouldBe("weights");
        start.Environment["SPARSEPIPELINE_S3__SecretKey"].ShouldBe("b");
        start.Environment["SPARSEPIPELINE_S3__TimeoutSeconds"].ShouldBe("7.5");
        start.Environment.ContainsKey("SPARSEPIPELINE_S3__SecretKeyFile").ShouldBeFalse();
        start.Arguments.ShouldBeEmpty();
        start.ArgumentList.ShouldBeEmpty();
    }

    private static ServiceProvider Provide(params string[] settings)
    {
        var pairs = settings.Select(s => s.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], (string?)p[1]));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(pairs).Build();
        return new ServiceCollection().AddSparsePipelineOptions(configuration).AddStores().BuildServiceProvider();
    }
}
