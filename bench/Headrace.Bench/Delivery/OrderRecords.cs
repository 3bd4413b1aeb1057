using System.Globalization;
using System.Text;

namespace Headrace.Bench.Delivery;

/// <summary>Records of about 1,000 bytes of JSON, half of which compresses.</summary>
internal static class OrderRecords
{
    public const int PerBatch = 500;

    private const int NoteBytes = 380;

    /// <summary>The columns of a table of them.</summary>
    public const string Columns = """
        [{"Name":"id","Type":"bigint"},{"Name":"customer","Type":"string"},{"Name":"at","Type":"timestamp"},{"Name":"amount","Type":"decimal(12,2)"},
         {"Name":"items","Type":"array<struct<code:string,quantity:int,in_cart:boolean>>"},{"Name":"note","Type":"string"}]
        """;

    /// <summary>A batch of records as they are put, a line each.</summary>
    public static List<byte[]> Batch(int number)
    {
        var random = new Random(number);
        var records = new List<byte[]>(PerBatch);
        var note = new byte[NoteBytes];
        for (var i = 0; i < PerBatch; i++)
        {
            random.NextBytes(note);
            var items = string.Join(',', Enumerable.Range(0, 5).Select(item =>
                string.Create(CultureInfo.InvariantCulture, $$"""{"code":"Product{{random.Next(500)}}","quantity":{{random.Next(1, 9)}},"in_cart":{{(item % 2 == 0 ? "true" : "false")}}}""")));
            records.Add(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"id":{{((long)number * PerBatch) + i}},"customer":"customer-{{random.Next(10_000)}}","at":"2026-03-04 05:{{random.Next(60):D2}}:{{random.Next(60):D2}}.125","amount":{{random.Next(1_000_000) / 100m}},"items":[{{items}}],"note":"{{Convert.ToBase64String(note)}}"}{{'\n'}}""")));
        }
        return records;
    }
}
