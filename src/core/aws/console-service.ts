/** Where the console's path of a service is not its name, or people call the service something shorter. */
const paths: ReadonlyMap<string, string> = new Map([
  ['cfn', 'cloudformation'],
  ['codebuild', 'codesuite/codebuild'],
  ['codecommit', 'codesuite/codecommit'],
  ['codedeploy', 'codesuite/codedeploy'],
  ['codepipeline', 'codesuite/codepipeline'],
  ['cw', 'cloudwatch'],
  ['ddb', 'dynamodbv2'],
  ['dynamodb', 'dynamodbv2'],
  ['eventbridge', 'events'],
  ['identity-center', 'singlesignon'],
  ['opensearch', 'aos'],
  ['r53', 'route53'],
  ['sfn', 'states'],
  ['sns', 'sns/v3'],
  ['sqs', 'sqs/v3'],
  ['ssm', 'systems-manager'],
  ['sso', 'singlesignon'],
  ['stepfunctions', 'states'],
  ['waf', 'wafv2'],
]);

/** Others that are common. */
const plain = [
  'acm',
  'apigateway',
  'athena',
  'batch',
  'bedrock',
  'cloudformation',
  'cloudfront',
  'cloudtrail',
  'cloudwatch',
  'config',
  'ec2',
  'ecr',
  'ecs',
  'eks',
  'elasticache',
  'glue',
  'guardduty',
  'iam',
  'kms',
  'lambda',
  'organizations',
  'rds',
  'route53',
  's3',
  'sagemaker',
  'secretsmanager',
  'securityhub',
  'vpc',
];

/** Names to offer; there are more. */
export const commonServices: readonly string[] = [...paths.keys(), ...plain].sort();

/** How AWS names services in addresses. */
export const isService = (text: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(text);

/** The path of a service's console. A name that Roleferry doesn't know is a path itself. */
export const servicePath = (service: string): string => `/${paths.get(service) ?? service}/home`;
