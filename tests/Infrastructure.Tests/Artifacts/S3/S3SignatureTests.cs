using SparsePipeline.Infrastructure.Artifacts.S3;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

public sealed class S3SignatureTests
{
    /// <summary>"GET Bucket (List Objects)" of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html.</summary>
    [Fact]
    public void The_example_of_the_specification_is_signed_as_it_says()
    {
        var query = S3Signature.Query(new Dictionary<string, string>(StringComparer.Ordinal) { ["prefix"] = "J", ["max-keys"] = "2" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://examplebucket.s3.amazonaws.com/?" + query);

        S3Signature.Sign(request, "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));

        request.Headers.GetValues("Authorization").Single().ShouldBe(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
            + "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    [Fact]
    public void A_query_is_ordered_and_everything_unusual_in_it_escaped() => S3Signature.Query(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["start-after"] = "a/b c+d~e.json",
        ["prefix"] = "ä",
    }).ShouldBe("prefix=%C3%A4&start-after=a%2Fb%20c%2Bd~e.json");
}
