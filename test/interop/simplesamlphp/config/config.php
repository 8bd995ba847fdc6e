<?php

// SimpleSAMLphp's settings for the interop tests; IDP_HOME and IDP_URL come from start.sh.

use SimpleSAML\Logger;

$home = getenv('IDP_HOME');
$url = getenv('IDP_URL');
$port = parse_url($url, PHP_URL_PORT);

$config = [
    'baseurlpath' => "$url/simplesaml/",
    'application' => ['baseURL' => $url],
    'certdir' => "$home/",
    'loggingdir' => "$home/log/",
    'datadir' => "$home/data/",
    'tempdir' => "$home/tmp/",
    'metadatadir' => dirname(__DIR__) . '/metadata/',
    'attributenamemapdir' => '/etc/simplesamlphp/attributemap/',
    'metadata.sources' => [['type' => 'flatfile']],
    'secretsalt' => trim(file_get_contents("$home/salt")),
    'auth.adminpassword' => bin2hex(random_bytes(16)),
    'technicalcontact_email' => 'nobody@example.test',
    'admin.checkforupdates' => false,
    'timezone' => 'UTC',

    'enable.saml20-idp' => true,
    'module.enable' => ['core' => true, 'saml' => true, 'exampleauth' => true],
    'authproc.idp' => [],
    'authproc.sp' => [],

    // What it remembers of people is shared by its workers.
    'store.type' => 'sql',
    'store.sql.dsn' => "sqlite:$home/data/store.sqlite",
    'store.sql.prefix' => 'ssp',

    // Cookies know no ports: the name keeps apart what runs on one address. SameSite=None needs https.
    'session.cookie.name' => "ssp$port",
    'session.phpsession.cookiename' => "ssp_php$port",
    'session.authtoken.cookiename' => "ssp_token$port",
    'session.cookie.secure' => false,
    'session.cookie.samesite' => null,
    'language.default' => 'en',
    'language.available' => ['en'],
    'language.cookie.secure' => false,
    'language.cookie.samesite' => null,

    'showerrors' => true,
    'errorreporting' => false,
    'logging.handler' => 'file',
    'logging.level' => Logger::INFO,
    'logging.logfile' => 'simplesamlphp.log',
];
