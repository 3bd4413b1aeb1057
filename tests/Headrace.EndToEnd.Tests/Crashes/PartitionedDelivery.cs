using System.Net.Http.Headers;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Crashes;

/// <summary>A delivery stream of the stream <c>orders</c> that puts each country's sessions below a prefix of their own, every second.</summary>
internal static class PartitionedDelivery
{
    public static async Task CreateAsync(ServerProcess server, string name, string bucket, string tags = "")
    {
        using var http = new HttpClient { BaseAddress = server.Endpoint };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent($$$$$"""
            {"DeliveryStreamName":"{{{{{name}}}}}","DeliveryStreamType":"KinesisStreamAsSource","Tags":[{{{{{tags}}}}}{"Key":"kept","Value":"by country"}],
             "KinesisStreamSourceConfiguration":{"KinesisStreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/orders","RoleARN":"arn:aws:iam::000000000000:role/r"},
             "ExtendedS3DestinationConfiguration":{"RoleARN":"arn:aws:iam::000000000000:role/r","BucketARN":"arn:aws:s3:::{{{{{bucket}}}}}",
              "BufferingHints":{"SizeInMBs":64,"IntervalInSeconds":1},
              "Prefix":"firehose/!{partitionKeyFromQuery:country}/","ErrorOutputPrefix":"errors/!{firehose:error-output-type}/",
              "DynamicPartitioningConfiguration":{"Enabled":true},
              "ProcessingConfiguration":{"Enabled":true,"Processors":[{"Type":"MetadataExtraction","Parameters":[
               {"ParameterName":"MetadataExtractionQuery","ParameterValue":"{country: .country}"},{"ParameterName":"JsonParsingEngine","ParameterValue":"JQ-1.6"}]}]}}}
            """) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "Firehose_20150804.CreateDeliveryStream");
        using var answer = await http.SendAsync(request, CancellationToken.None);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(CancellationToken.None));
    }
}
